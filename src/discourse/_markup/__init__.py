"""HTML, XML, and the times in them."""
