FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy \
    PATH="/tendril/.venv/bin:$PATH" \
    STATIC_ROOT=/tendril/collected-static TENDRIL_DATA=/data
RUN pip install --no-cache-dir uv \
    && useradd --create-home --uid 1000 tendril \
    && install --directory --owner tendril /data
WORKDIR /tendril

COPY pyproject.toml uv.lock README.md ./
RUN uv sync --locked --no-default-groups
COPY . .
# The key signs nothing here; the site gets its own from the environment.
RUN SECRET_KEY=only-for-this-step python manage.py collectstatic --no-input

USER tendril
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "8", "--workers-kill-timeout", "10", \
     "tendril.wsgi:application"]
