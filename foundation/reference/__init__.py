"""Reference data: dated rows that staff edit. Its kinds are described beside the apps that own them and listed in composition."""
