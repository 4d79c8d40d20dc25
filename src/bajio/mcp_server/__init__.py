"""bajio for programs that speak the Model Context Protocol: questions as tools, over stdio."""
