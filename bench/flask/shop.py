"""The shop as a plain Flask flow in the shape of the seed: a small service per agent, eight calls per checkout, nothing durable.

    python shop.py PORT          (a process per agent; each knows all eight steps and is asked for its own)
"""
import itertools
import logging
import sys

from flask import Flask, jsonify, request

app = Flask(__name__)
logging.getLogger("werkzeug").setLevel(logging.ERROR)

STOCK = {"P-1002-BLU-L": 1_000_000}
ORDERS, HOLDS, BENEFITS, CHARGES, SHIPMENTS = {}, {}, {}, {}, {}
NUMBERS = itertools.count(1)


@app.route("/orders", methods=["POST"])
def record_order():
    order = request.json
    ORDERS[order["orderId"]] = {**order, "status": "pending"}
    return jsonify(status="pending")


@app.route("/holds", methods=["POST"])
def hold_stock():
    wanted = request.json
    for line in wanted["lines"]:
        if STOCK[line["sku"]] < line["quantity"]:
            return jsonify(code="out_of_stock"), 409
        STOCK[line["sku"]] -= line["quantity"]
    HOLDS[wanted["orderId"]] = wanted["lines"]
    return jsonify(status="held")


@app.route("/benefits", methods=["POST"])
def reserve_benefits():
    BENEFITS[request.json["orderId"]] = "reserved"
    return jsonify(status="reserved")


@app.route("/attempts", methods=["POST"])
def secure_payment():
    payment = request.json
    if payment["card"] != "4242":
        return jsonify(outcome="declined", code="insufficient_funds"), 402
    CHARGES[payment["orderId"]] = {"amount": payment["total"], "status": "authorised"}
    return jsonify(outcome="secured")


@app.route("/allocations", methods=["POST"])
def allocate():
    HOLDS.pop(request.json["orderId"], None)
    return jsonify(status="allocated")


@app.route("/shipments", methods=["POST"])
def ship():
    tracking = f"TRK-{next(NUMBERS)}"
    SHIPMENTS[request.json["orderId"]] = tracking
    return jsonify(trackingId=tracking)


@app.route("/captures", methods=["POST"])
def capture():
    CHARGES[request.json["orderId"]]["status"] = "captured"
    return jsonify(status="captured")


@app.route("/completions", methods=["POST"])
def complete():
    ORDERS[request.json["orderId"]]["status"] = "confirmed"
    return jsonify(status="confirmed")


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
