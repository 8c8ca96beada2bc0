from flask import Blueprint

bp = Blueprint("dues", __name__, url_prefix="/tagihan", template_folder="templates")
