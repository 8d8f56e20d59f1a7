"""Read hostile files into safe trees that know the position of everything in them."""
