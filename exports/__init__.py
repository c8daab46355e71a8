"""What is made of the film's scenes for slides and the web: moving pictures, stills, stepped slides."""
