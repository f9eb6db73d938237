from hotline.cli import main

main(prog_name="hotline")
