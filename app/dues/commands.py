from flask.cli import AppGroup

dues = AppGroup("dues", help="The monthly dues.")
