"""How findings are reported: for people, for programs, for the forges that code lives in."""
