from flask import Blueprint

bp = Blueprint("receipts", __name__, url_prefix="/bukti", template_folder="templates")
