"""Work on foreign bytes in a process of its own: what it gives up (``limits``), what it is told (``surroundings``), how it speaks."""
