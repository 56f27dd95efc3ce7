"""Write the generated parts of the documentation: `make docs`."""

from tools.docs.make_docs import main

main()
