"""Entry point of the web server and of the `flask` command."""

from app.factory import create_app
from app.web.fitness import require_fit

app = create_app()
require_fit(app)
