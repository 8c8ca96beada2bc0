from flask.cli import AppGroup

members = AppGroup("members", help="The register of members.")
