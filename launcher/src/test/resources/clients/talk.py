"""What another team's program does with the clients that a stock generator made of the contracts: it reads, changes under
an Idempotency-Key, and understands a refusal (RFC 9457). It prints what was answered."""
import datetime
import importlib
import json
import sys
import uuid

NOBODY = "nobody-knows-it"

# where each agent is, and by which token it is known there; a name for what is made
AGENTS = json.load(open(sys.argv[1]))
NAME = sys.argv[2]


def key():
    """A new one for each deed; the same one again only for the same deed."""
    return str(uuid.uuid4())


def agent(name, token=None):
    """The generated package of an agent, and its operations."""
    client = importlib.import_module(name)
    known = AGENTS[name]["token"] if token is None else token
    configuration = client.Configuration(host=AGENTS[name]["url"], access_token=known)
    return client, client.DefaultApi(client.ApiClient(configuration))


def refused(name, client, ask):
    try:
        ask()
    except client.ApiException as refusal:
        problem = client.Problem.from_json(refusal.body)
        print(f"{name}: {problem.status} {problem.code}")


def with_fulfillment():
    client, fulfillment = agent("fulfillment")
    place, once = client.PutOrigin(name=f"Depot of {NAME}", pincode="560038"), key()

    origin = fulfillment.put_origin(f"LOC-{NAME}", once, place)
    again = fulfillment.put_origin(f"LOC-{NAME}", once, place)
    listed = origin in fulfillment.get_origins().origins

    print(f"fulfillment: {origin.location_id} is {origin.name} at {origin.pincode},"
          f" told again {'the same' if again == origin else again}, {'listed' if listed else 'not listed'}")
    refused("fulfillment", client, lambda: fulfillment.get_shipment(NOBODY))


def with_recommendation():
    client, catalogue = agent("recommendation")
    variant = client.ImportVariant(
        sku=f"LAMP-{NAME}-1", color="brass", price=client.Money(minor=49_900, currency="INR"), images=[], attributes=[])
    lamp = client.ImportProduct(
        product_id=f"LAMP-{NAME}", name=f"Lamp of {NAME}", description="", categories=["Lamps"], occasions=[],
        goes_with=[], tags=[], images=[], attributes=[], continued=False, variants=[variant])

    answer = catalogue.import_products(key(), client.ImportProducts(dry_run=False, products=[lamp]))
    product = catalogue.get_product(f"LAMP-{NAME}")

    imported, colors = answer.products[0], ", ".join(one.color for one in product.variants)
    print(f"recommendation: {imported.product_id} {imported.result}, {product.name} for {product.price.minor}"
          f" {product.price.currency} in [{colors}]")
    refused("recommendation", client, lambda: catalogue.get_product(NOBODY))


def with_inventory():
    client, inventory = agent("inventory")
    hour = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)

    hold = inventory.place_hold(key(), client.PlaceHold(
        hold_id=f"HOLD-{NAME}", expires_at=hour, lines=[client.Line(sku="P-1002-L-BLUE", quantity=2)]))
    read = inventory.get_hold(f"HOLD-{NAME}")

    line = hold.lines[0]
    print(f"inventory: {hold.hold_id} {hold.status}, {line.quantity} of {line.sku} from {line.location},"
          f" read again {'the same' if read == hold else read}")
    refused("inventory", client, lambda: inventory.get_hold(NOBODY))


def with_post_purchase():
    client, orders = agent("postPurchase")
    nothing, price = client.Money(minor=0, currency="INR"), client.Money(minor=189_900, currency="INR")
    line = client.PricedLine(
        sku="P-1002-L-BLUE", product_id="P-1002", name="Chikankari Lucknowi Kurta", size="L", color="blue", quantity=1,
        unit_price=price)

    order = orders.record_order(key(), client.RecordOrder(
        order_id=f"JM-{NAME}", customer_id=f"cust-{NAME}", conversation_id=f"conv-{NAME}", quote_id=f"quote-{NAME}",
        channel="web", lines=[line], discount=nothing, delivery_fee=nothing, tax_included=nothing, total=price,
        address=client.Address(name="Meera Nair", line1="4 Park Street", city="Kolkata", pincode="700016"),
        delivery_option="standard", promised_date=datetime.date.today() + datetime.timedelta(days=7)))
    orders.transition_order(f"JM-{NAME}", key(), client.TransitionOrder(to="confirmed"))
    now = orders.get_order(f"JM-{NAME}")

    print(f"postPurchase: {now.order_id} {order.status}, then {now.status}, {now.lines[0].quantity} of"
          f" {now.lines[0].sku} for {now.total.minor} {now.total.currency}")
    refused("postPurchase", client, lambda: orders.get_order(NOBODY))


def with_payment():
    client, payment = agent("payment")
    amount = client.Money(minor=189_900, currency="INR")

    def attempt(order, token):
        return client.SecurePayment(
            order_id=order, attempt=1, customer_id=f"cust-{NAME}", method="card", token=token, amount=amount)

    session = payment.open_tokenisation(key(), client.OpenTokenisation(customer_id=f"cust-{NAME}"))
    card = payment.tokenise(client.Tokenise(
        session_id=session.session_id, secret=session.secret, card_number="4242"))
    secured = payment.secure_payment(key(), attempt(f"JM-{NAME}", card.token))
    payment.capture_payment(f"JM-{NAME}", secured.attempt, key(), client.CapturePayment(amount=amount))
    now = payment.get_attempts(f"JM-{NAME}").attempts[0]

    print(f"payment: {now.order_id} {now.attempt} {secured.outcome} {secured.status} {secured.amount.minor}"
          f" {secured.amount.currency}, {now.status} {now.captured.minor} {now.captured.currency}, {card.last4}")
    refused("payment", client, lambda: payment.secure_payment(key(), attempt(f"JM-other-{NAME}", NOBODY)))


def with_loyalty():
    client, loyalty = agent("loyalty")

    loyalty.create_offer(key(), client.NewOffer(
        offer_id=f"OFFER-{NAME}", title=f"Offer of {NAME}", terms="", saving="percentage", percent=10, product_ids=[],
        threshold=client.Money(minor=0, currency="INR"), first_order=False, alone=False,
        valid_from="2026-11-01T00:00:00Z", valid_until="2076-11-01T00:00:00Z"))
    loyalty.end_offer(f"OFFER-{NAME}", key())
    offer = next(one for one in loyalty.list_offers().offers if one.offer.offer_id == f"OFFER-{NAME}")

    print(f"loyalty: {offer.offer.offer_id} takes {offer.offer.percent} percent,"
          f" {'ended' if offer.ended_at else 'not ended'}, {offer.used} used")
    refused("loyalty", client, lambda: loyalty.end_offer(NOBODY, key()))


def with_gift_wrapping():
    client, wrapping = agent("giftWrapping")
    question = client.CheckGiftWrapping(product_id="P-1002")

    standard, premium = wrapping.check_gift_wrapping(question).options

    print(f"giftWrapping: {standard.type} {standard.price}, {premium.type} {premium.price}")
    _, stranger = agent("giftWrapping", token="")
    refused("giftWrapping", client, lambda: stranger.check_gift_wrapping(question))


with_fulfillment()
with_recommendation()
with_inventory()
with_post_purchase()
with_payment()
with_loyalty()
with_gift_wrapping()
