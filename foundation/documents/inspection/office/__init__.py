"""What starts something in documents of office programs, by their parts."""
