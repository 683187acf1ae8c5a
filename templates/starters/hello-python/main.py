"""A small API. Run it with: uvicorn main:app --reload"""

import logging
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

log = logging.getLogger("uvicorn.error")


@asynccontextmanager
async def lifespan(app: FastAPI):
    # Before the first request: open pools and connections here.
    yield
    # After SIGTERM, when the last request is answered: close them here.
    log.info("All requests are answered, goodbye")


app = FastAPI(title="hello-python", lifespan=lifespan)


@app.get("/", response_class=HTMLResponse)
def home() -> str:
    return "<!doctype html><title>Hello</title><h1>Hello from Python</h1>\n"


@app.get("/greet/{name}")
def greet(name: str) -> dict[str, str]:
    return {"message": f"Hello, {name}"}


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}
