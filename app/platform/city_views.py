from flask import Blueprint

bp = Blueprint("city", __name__, url_prefix="/kota", template_folder="templates")
