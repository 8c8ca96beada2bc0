from flask import Blueprint

bp = Blueprint("offices", __name__, url_prefix="/pengurus", template_folder="templates")
