"""Pictures that pages show, drawn here as SVG, with the same in words beside them."""
