import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What another team's program does with the clients that a stock generator made of the contracts: it reads, changes under an
 * Idempotency-Key, and understands a refusal (RFC 9457). It prints what was answered.
 */
public final class Talk {
    private static final String NOBODY = "nobody-knows-it";

    private final JsonNode agents;
    private final String name;

    private Talk(JsonNode agents, String name) {
        this.agents = agents;
        this.name = name;
    }

    /** Words: a file that says where each agent is and by which token it is known there; a name for what is made. */
    public static void main(String[] words) throws Exception {
        var talk = new Talk(new ObjectMapper().readTree(Path.of(words[0]).toFile()), words[1]);
        talk.withFulfillment();
        talk.withRecommendation();
        talk.withInventory();
        talk.withPostPurchase();
        talk.withPayment();
        talk.withLoyalty();
        talk.withGiftWrapping();
    }

    private void withFulfillment() throws Exception {
        var client = new shop.fulfillment.ApiClient();
        client.updateBaseUri(url("fulfillment"));
        client.setRequestInterceptor(token("fulfillment"));
        var fulfillment = new shop.fulfillment.api.DefaultApi(client);
        var place = new shop.fulfillment.model.PutOrigin().name("Depot of " + name).pincode("560038");
        var key = key();

        var origin = fulfillment.putOrigin("LOC-" + name, key, place);
        var again = fulfillment.putOrigin("LOC-" + name, key, place);
        boolean listed = fulfillment.getOrigins().getOrigins().contains(origin);

        System.out.printf(
                "fulfillment: %s is %s at %s, told again %s, %s%n",
                origin.getLocationId(),
                origin.getName(),
                origin.getPincode(),
                again.equals(origin) ? "the same" : again,
                listed ? "listed" : "not listed");
        try {
            fulfillment.getShipment(NOBODY);
        } catch (shop.fulfillment.ApiException refused) {
            var problem = client.getObjectMapper()
                    .readValue(refused.getResponseBody(), shop.fulfillment.model.Problem.class);
            System.out.println("fulfillment: " + problem.getStatus() + " " + problem.getCode());
        }
    }

    private void withRecommendation() throws Exception {
        var client = new shop.recommendation.ApiClient();
        client.updateBaseUri(url("recommendation"));
        client.setRequestInterceptor(token("recommendation"));
        var catalogue = new shop.recommendation.api.DefaultApi(client);
        var variant = new shop.recommendation.model.ImportVariant()
                .sku("LAMP-" + name + "-1")
                .color("brass")
                .price(new shop.recommendation.model.Money().minor(49_900L).currency("INR"))
                .images(List.of())
                .attributes(List.of());
        var lamp = new shop.recommendation.model.ImportProduct()
                .productId("LAMP-" + name)
                .name("Lamp of " + name)
                .categories(List.of("Lamps"))
                .occasions(List.of())
                .goesWith(List.of())
                .tags(List.of())
                .images(List.of())
                .attributes(List.of())
                .continued(false)
                .description("")
                .variants(List.of(variant));

        var imported = catalogue
                .importProducts(
                        key(),
                        new shop.recommendation.model.ImportProducts()
                                .dryRun(false)
                                .products(List.of(lamp)))
                .getProducts()
                .getFirst();
        var product = catalogue.getProduct("LAMP-" + name);

        System.out.printf(
                "recommendation: %s %s, %s for %d %s in %s%n",
                imported.getProductId(),
                imported.getResult(),
                product.getName(),
                product.getPrice().getMinor(),
                product.getPrice().getCurrency(),
                product.getVariants().stream()
                        .map(shop.recommendation.model.Variant::getColor)
                        .toList());
        try {
            catalogue.getProduct(NOBODY);
        } catch (shop.recommendation.ApiException refused) {
            var problem = client.getObjectMapper()
                    .readValue(refused.getResponseBody(), shop.recommendation.model.Problem.class);
            System.out.println("recommendation: " + problem.getStatus() + " " + problem.getCode());
        }
    }

    private void withInventory() throws Exception {
        var client = new shop.inventory.ApiClient();
        client.updateBaseUri(url("inventory"));
        client.setRequestInterceptor(token("inventory"));
        var inventory = new shop.inventory.api.DefaultApi(client);

        var hold = inventory.placeHold(
                key(),
                new shop.inventory.model.PlaceHold()
                        .holdId("HOLD-" + name)
                        .expiresAt(OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))
                        .addLinesItem(new shop.inventory.model.Line()
                                .sku("P-1002-L-BLUE")
                                .quantity(2)));
        var read = inventory.getHold("HOLD-" + name);

        var line = hold.getLines().getFirst();
        System.out.printf(
                "inventory: %s %s, %d of %s from %s, read again %s%n",
                hold.getHoldId(),
                hold.getStatus(),
                line.getQuantity(),
                line.getSku(),
                line.getLocation(),
                read.equals(hold) ? "the same" : read);
        try {
            inventory.getHold(NOBODY);
        } catch (shop.inventory.ApiException refused) {
            var problem =
                    client.getObjectMapper().readValue(refused.getResponseBody(), shop.inventory.model.Problem.class);
            System.out.println("inventory: " + problem.getStatus() + " " + problem.getCode());
        }
    }

    private void withPostPurchase() throws Exception {
        var client = new shop.postPurchase.ApiClient();
        client.updateBaseUri(url("postPurchase"));
        client.setRequestInterceptor(token("postPurchase"));
        var orders = new shop.postPurchase.api.DefaultApi(client);
        var nothing = new shop.postPurchase.model.Money().minor(0L).currency("INR");
        var price = new shop.postPurchase.model.Money().minor(189_900L).currency("INR");
        var line = new shop.postPurchase.model.PricedLine()
                .sku("P-1002-L-BLUE")
                .productId("P-1002")
                .name("Chikankari Lucknowi Kurta")
                .size("L")
                .color("blue")
                .quantity(1)
                .unitPrice(price);

        var order = orders.recordOrder(
                key(),
                new shop.postPurchase.model.RecordOrder()
                        .orderId("JM-" + name)
                        .customerId("cust-" + name)
                        .conversationId("conv-" + name)
                        .quoteId("quote-" + name)
                        .channel("web")
                        .lines(List.of(line))
                        .discount(nothing)
                        .deliveryFee(nothing)
                        .taxIncluded(nothing)
                        .total(price)
                        .address(new shop.postPurchase.model.Address()
                                .name("Meera Nair")
                                .line1("4 Park Street")
                                .city("Kolkata")
                                .pincode("700016"))
                        .deliveryOption("standard")
                        .promisedDate(LocalDate.now(ZoneOffset.UTC).plusDays(7)));
        orders.transitionOrder(
                "JM-" + name,
                key(),
                new shop.postPurchase.model.TransitionOrder()
                        .to(shop.postPurchase.model.TransitionOrder.ToEnum.CONFIRMED));
        var now = orders.getOrder("JM-" + name);

        System.out.printf(
                "postPurchase: %s %s, then %s, %d of %s for %d %s%n",
                now.getOrderId(),
                order.getStatus(),
                now.getStatus(),
                now.getLines().getFirst().getQuantity(),
                now.getLines().getFirst().getSku(),
                now.getTotal().getMinor(),
                now.getTotal().getCurrency());
        try {
            orders.getOrder(NOBODY);
        } catch (shop.postPurchase.ApiException refused) {
            var problem = client.getObjectMapper()
                    .readValue(refused.getResponseBody(), shop.postPurchase.model.Problem.class);
            System.out.println("postPurchase: " + problem.getStatus() + " " + problem.getCode());
        }
    }

    private void withPayment() throws Exception {
        var client = new shop.payment.ApiClient();
        client.updateBaseUri(url("payment"));
        client.setRequestInterceptor(token("payment"));
        var payment = new shop.payment.api.DefaultApi(client);
        var amount = new shop.payment.model.Money().minor(189_900L).currency("INR");

        var session =
                payment.openTokenisation(key(), new shop.payment.model.OpenTokenisation().customerId("cust-" + name));
        var card = payment.tokenise(new shop.payment.model.Tokenise()
                .sessionId(session.getSessionId())
                .secret(session.getSecret())
                .cardNumber("4242"));
        var secured = payment.securePayment(key(), attempt(amount).token(card.getToken()));
        payment.capturePayment(
                "JM-" + name,
                secured.getAttempt(),
                key(),
                new shop.payment.model.CapturePayment().amount(amount));
        var now = payment.getAttempts("JM-" + name).getAttempts().getFirst();

        System.out.printf(
                "payment: %s %d %s %s %d %s, %s %d %s, %s%n",
                now.getOrderId(),
                now.getAttempt(),
                secured.getOutcome(),
                secured.getStatus(),
                secured.getAmount().getMinor(),
                secured.getAmount().getCurrency(),
                now.getStatus(),
                now.getCaptured().getMinor(),
                now.getCaptured().getCurrency(),
                card.getLast4());
        try {
            payment.securePayment(key(), attempt(amount).orderId("JM-other-" + name).token(NOBODY));
        } catch (shop.payment.ApiException refused) {
            var problem =
                    client.getObjectMapper().readValue(refused.getResponseBody(), shop.payment.model.Problem.class);
            System.out.println("payment: " + problem.getStatus() + " " + problem.getCode());
        }
    }

    private shop.payment.model.SecurePayment attempt(shop.payment.model.Money amount) {
        return new shop.payment.model.SecurePayment()
                .orderId("JM-" + name)
                .attempt(1)
                .customerId("cust-" + name)
                .method(shop.payment.model.SecurePayment.MethodEnum.CARD)
                .amount(amount);
    }

    private void withLoyalty() throws Exception {
        var client = new shop.loyalty.ApiClient();
        client.updateBaseUri(url("loyalty"));
        client.setRequestInterceptor(token("loyalty"));
        var loyalty = new shop.loyalty.api.DefaultApi(client);
        var from = OffsetDateTime.parse("2026-11-01T00:00:00Z");

        loyalty.createOffer(
                key(),
                new shop.loyalty.model.NewOffer()
                        .offerId("OFFER-" + name)
                        .title("Offer of " + name)
                        .terms("")
                        .saving(shop.loyalty.model.NewOffer.SavingEnum.PERCENTAGE)
                        .percent(10)
                        .productIds(List.of())
                        .threshold(new shop.loyalty.model.Money().minor(0L).currency("INR"))
                        .firstOrder(false)
                        .alone(false)
                        .validFrom(from)
                        .validUntil(from.plusYears(50)));
        loyalty.endOffer("OFFER-" + name, key());
        var offer = loyalty.listOffers().getOffers().stream()
                .filter(one -> one.getOffer().getOfferId().equals("OFFER-" + name))
                .findFirst()
                .orElseThrow();

        System.out.printf(
                "loyalty: %s takes %d percent, %s, %d used%n",
                offer.getOffer().getOfferId(),
                offer.getOffer().getPercent(),
                offer.getEndedAt() == null ? "not ended" : "ended",
                offer.getUsed());
        try {
            loyalty.endOffer(NOBODY, key());
        } catch (shop.loyalty.ApiException refused) {
            var problem =
                    client.getObjectMapper().readValue(refused.getResponseBody(), shop.loyalty.model.Problem.class);
            System.out.println("loyalty: " + problem.getStatus() + " " + problem.getCode());
        }
    }

    private void withGiftWrapping() throws Exception {
        var client = new shop.giftWrapping.ApiClient();
        client.updateBaseUri(url("giftWrapping"));
        client.setRequestInterceptor(token("giftWrapping"));
        var question = new shop.giftWrapping.model.CheckGiftWrapping().productId("P-1002");

        var options = new shop.giftWrapping.api.DefaultApi(client)
                .checkGiftWrapping(question)
                .getOptions();

        System.out.printf(
                "giftWrapping: %s %d, %s %d%n",
                options.get(0).getType(),
                options.get(0).getPrice(),
                options.get(1).getType(),
                options.get(1).getPrice());
        client.setRequestInterceptor(withoutToken -> {});
        try {
            new shop.giftWrapping.api.DefaultApi(client).checkGiftWrapping(question);
        } catch (shop.giftWrapping.ApiException refused) {
            var problem = client.getObjectMapper()
                    .readValue(refused.getResponseBody(), shop.giftWrapping.model.Problem.class);
            System.out.println("giftWrapping: " + problem.getStatus() + " " + problem.getCode());
        }
    }

    private String url(String agent) {
        return agents.path(agent).path("url").asText();
    }

    private Consumer<HttpRequest.Builder> token(String agent) {
        var bearer = "Bearer " + agents.path(agent).path("token").asText();
        return request -> request.header("Authorization", bearer);
    }

    /** A new one for each deed; the same one again only for the same deed. */
    private static String key() {
        return UUID.randomUUID().toString();
    }
}
