"""How people come in: by invitation only, through one door for every page. ``docs/adr/0008`` says how it holds without locking out."""
