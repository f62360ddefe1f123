"""The gift wrapping agent as anybody may write it: a question, and the contract that says how to ask it.

    pip install flask && python gift_wrapping.py [PORT]     then: ./journeyman agents add http://127.0.0.1:5007
"""
import sys
from flask import Flask, jsonify, request

app = Flask(__name__)
QUESTION = {"type": "object", "required": ["productId"],
            "properties": {"productId": {"type": "string", "maxLength": 64, "description": "the product to wrap"}}}
OPTION = {"type": "object", "required": ["type", "price"],
          "properties": {"type": {"type": "string"}, "price": {"type": "integer", "description": "plain rupees"}}}
ANSWER = {"type": "object", "required": ["status", "available", "options"],
          "properties": {"status": {"type": "string"}, "available": {"type": "boolean"},
                         "options": {"type": "array", "items": OPTION}}}
CONTRACT = {"openapi": "3.1.0", "info": {"title": "Gift wrapping agent", "version": "1.0.0"}, "paths": {
    "/check-gift-wrapping": {"post": {
        "operationId": "checkGiftWrapping", "x-effect": "read",
        "x-tool": {"name": "check_gift_wrapping", "when": "To learn whether a product can be gift wrapped and what it costs."},
        "requestBody": {"required": True, "content": {"application/json": {"schema": QUESTION}}},
        "responses": {"200": {"description": "the options", "content": {"application/json": {"schema": ANSWER}}},
                      "default": {"description": "why not", "content": {"application/problem+json": {"schema": {}}}}}}}}}


@app.get("/contract")
@app.get("/health")
def contract():
    return jsonify(CONTRACT)


@app.post("/check-gift-wrapping")
def check_gift_wrapping():
    question = request.get_json(silent=True)
    product = question.get("productId") if isinstance(question, dict) else None
    if not isinstance(product, str) or len(product) > 64:
        return {"status": 400, "code": "bad_request", "detail": "Send productId, a text of 64 characters at most."}, 400, {"Content-Type": "application/problem+json"}
    return jsonify(status="success", available=True, options=[{"type": "standard", "price": 50}, {"type": "premium", "price": 150}])


app.run(host="127.0.0.1", port=int((sys.argv + ["5007"])[1]))
