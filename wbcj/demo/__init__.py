"""The demo world: invented people and cases, made through the actions of the apps as those people themselves."""
