from flask import Blueprint

bp = Blueprint("savings", __name__, url_prefix="/simpanan", template_folder="templates")
