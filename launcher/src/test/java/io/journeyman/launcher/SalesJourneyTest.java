package io.journeyman.launcher;

import static io.journeyman.launcher.Customer.status;
import static io.journeyman.launcher.Customer.text;
import static io.journeyman.launcher.Customer.waitsFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scripted conversation that a stranger would hold through the chat API, and what staff find of it in Temporal. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(RunningShop.Extension.class)
class SalesJourneyTest {
    private final Instant now = Instant.now();
    private final RunningShop shop;
    private WorkflowServiceStubs stubs;
    private WorkflowClient temporal;

    SalesJourneyTest(RunningShop shop) {
        this.shop = shop;
    }

    @BeforeAll
    void connect() {
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + shop.ports().temporal())
                .build());
        temporal = WorkflowClient.newInstance(stubs);
    }

    @AfterAll
    void disconnect() {
        stubs.shutdownNow();
        stubs.awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void sellsTheAlternativeToAMissingSizeThoughTheFirstCardIsDeclined() throws Exception {
        var customer = shop.demo();

        assertThat(text(customer.says("hi"))).contains("offline model");
        var missing = customer.says("I need the Indigo Block-Print Cotton Kurta in blue, size M");
        assertThat(text(missing)).contains("not made in size M").contains("in stock in size M");
        assertThat(missing.path("cards")).isNotEmpty();
        var alternative = missing.path("cards").get(0).path("name").asText();
        assertThat(text(customer.says("ok, I'll take the first one"))).contains(alternative + " in M");
        assertThat(text(customer.says("what offers do I get?"))).contains("silver member", "320 points");
        var shown = customer.says("checkout");
        var proposal = customer.openProposal();
        assertThat(shown.path("proposal").asText())
                .isEqualTo(proposal.path("proposalId").asText());
        assertThat(proposal.at("/quote/lines/0/name").asText()).isEqualTo(alternative);

        var order = customer.confirms(proposal, customer.card("1111"));
        var workflowId = order.path("workflowId").asText();
        var orderId = order.path("journeyId").asText();
        var declined = customer.awaits(workflowId, waitsFor("payment_method"));
        assertThat(declined.path("status").asText()).isEqualTo("waiting_for_customer");
        assertThat(declined.at("/facts/reason").asText()).isEqualTo("insufficient_funds");
        var news = customer.newsOf(workflowId, "payment_declined");
        assertThat(news.path("text").asText()).contains("insufficient funds", "Nothing was charged");
        assertThat(news.path("suggestions")).isNotEmpty();
        assertThat(found("OrderId = '" + orderId + "' AND PaymentFailure = 'insufficient_funds'"))
                .contains("checkout-" + orderId);
        assertThat(found("OrderId = '" + orderId + "' AND JourneyStatus = 'waiting_for_customer'"))
                .isNotEmpty();

        customer.pays(workflowId, customer.card("4242"));
        customer.awaits(workflowId, status("completed"));
        assertThat(customer.newsOf(workflowId, "order_confirmed").path("text").asText())
                .contains("is confirmed", alternative, "Total ₹", "GST", "Tracking number");
        assertThat(text(customer.says("where is my order?"))).contains("confirmed");
        assertThat(found("OrderId = '" + orderId + "' AND JourneyStatus = 'completed' AND JourneyKind = 'Checkout'"))
                .containsExactly("checkout-" + orderId);
        assertThat(found("OrderId = '" + orderId + "' AND PaymentFailure IS NOT NULL AND JourneyKind = 'Checkout'"))
                .isEmpty();
        shop.books().assertSoldOnce(orderId);
    }

    @Test
    void tellsWhatAStoreHasWhatANumberIsAndWhatIsSoldTogether() throws Exception {
        shop.sellsTogether("SANGEET", "Sangeet Set", "P-1002", "P-1001");
        var customer = shop.newcomer();

        assertThat(text(customer.says("what kurtas do you have at the Bandra store in M?")))
                .contains("In Bandra (Mumbai) we have kurtas in size M", "Kurta, ₹");
        assertThat(text(customer.says("what do you have at the Atlantis store?")))
                .contains("no store of ours that is called Atlantis", "Bandra (Mumbai)");
        assertThat(text(customer.says("is P-1002 in stock?"))).contains("Chikankari Lucknowi Kurta costs ₹1,899");
        assertThat(text(customer.says("what goes with it?")))
                .contains("Together as the Sangeet Set: the Chikankari Lucknowi Kurta and the Indigo Block-Print")
                .contains("from ₹3,398 in all");
        assertThat(text(customer.says("shirts without print"))).contains("shirts without print");
    }

    @Test
    void takesTheDeliveryFeeOffWithAnOfferOfFreeDelivery() throws Exception {
        shop.makesOffer("""
                {"offerId": "SHIPFREE", "title": "Free delivery", "terms": "", "saving": "free_delivery", "productIds": [],
                 "threshold": {"minor": 0, "currency": "INR"}, "firstOrder": false, "coupon": "SHIPFREE", "alone": false,
                 "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2036-01-01T00:00:00Z"}""");
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("I have a coupon SHIPFREE");

        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var quote = customer.openProposal().path("quote");
        var order = customer.confirms(customer.openProposal(), customer.card("4242"));
        var workflowId = order.path("workflowId").asText();
        customer.awaits(workflowId, status("completed"));

        long fee = quote.at("/delivery/fee/minor").asLong();
        long off = StreamSupport.stream(quote.path("offers").spliterator(), false)
                .mapToLong(offer -> offer.at("/amount/minor").asLong())
                .sum();
        long total = quote.at("/total/minor").asLong();
        assertThat(fee).isEqualTo(79_00);
        assertThat(StreamSupport.stream(quote.path("offers").spliterator(), false))
                .filteredOn(offer -> offer.path("offerId").asText().equals("SHIPFREE"))
                .extracting(offer -> offer.at("/amount/minor").asLong())
                .containsExactly(fee);
        assertThat(off).isEqualTo(quote.at("/discount/minor").asLong());
        assertThat(total).isEqualTo(quote.at("/goods/minor").asLong() - off + fee);
        // one line and nothing left of the fee: all the tax is in the piece
        long percent = total < 1_000_00 ? 5 : 12;
        assertThat(quote.at("/taxIncluded/minor").asLong())
                .isEqualTo(Math.round((double) total * percent / (100 + percent)));
        var receipt = customer.newsOf(workflowId, "order_confirmed");
        assertThat(receipt.path("text").asText())
                .contains("Free delivery: −₹79", "Total " + new Money(total, "INR").shown());
        assertThat(receipt.at("/receipt/total/minor").asLong()).isEqualTo(total);
        customer.says("I want to return the kurta from order "
                + order.path("journeyId").asText() + ", it does not fit");
        var back = customer.openProposal().path("quote");
        assertThat(back.at("/total/minor").asLong())
                .as("what was paid was paid for the kurta: %s", back)
                .isEqualTo(total - back.at("/returned/fee/minor").asLong());
        shop.books().assertSoldOnce(order.path("journeyId").asText());
    }

    @Test
    void reservesInAStoreUntilItIsCollected() throws Exception {
        var customer = shop.newcomer();

        customer.says(
                "Reserve the Indigo Block-Print Cotton Kurta in blue, size XL in the Indiranagar store in Bengaluru");
        var proposal = customer.openProposal();
        assertThat(proposal.path("kind").asText()).isEqualTo("Reservation");
        var reservation = customer.confirms(proposal);
        var workflowId = reservation.path("workflowId").asText();
        customer.awaits(workflowId, waitsFor("collection"));
        assertThat(customer.newsOf(workflowId, "reserved").path("text").asText())
                .contains("set aside", "pickup code");
        assertThat(found("JourneyKind = 'Reservation' AND WaitingFor = 'collection'"))
                .contains(workflowId);

        shop.staff().post("/v1/reservations/" + reservation.path("journeyId").asText() + "/collected", List.of());

        customer.awaits(workflowId, status("completed"));
        assertThat(found("JourneyKind = 'Reservation' AND JourneyStatus = 'completed'"))
                .contains(workflowId);
    }

    @Test
    void deliversWhatAStoreKept() throws Exception {
        var customer = shop.newcomer();
        customer.says(
                "Reserve the Indigo Block-Print Cotton Kurta in blue, size XL in the Indiranagar store in Bengaluru");
        var reservation = customer.confirms(customer.openProposal());
        customer.awaits(reservation.path("workflowId").asText(), waitsFor("collection"));

        assertThat(text(customer.says("Deliver my reservation instead"))).contains("Where shall it go?");
        customer.says("Meera Nair, 4 Park Street, Kolkata 700016");
        var proposal = customer.openProposal();
        assertThat(proposal.path("kind").asText()).isEqualTo("Checkout");
        assertThat(proposal.at("/quote/reservation").asText())
                .isEqualTo(reservation.path("journeyId").asText());
        var order = customer.confirms(proposal, customer.card("4242"));

        customer.awaits(order.path("workflowId").asText(), status("completed"));
        var over = customer.awaits(reservation.path("workflowId").asText(), status("completed"));
        assertThat(over.path("code").asText()).isEqualTo("reservation_ordered");
        shop.books().assertSoldOnce(order.path("journeyId").asText());
    }

    @Test
    void ordersTheSameAgainAtTodaysPrices() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add 2 of the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var first = customer.confirms(customer.openProposal(), customer.card("4242"));
        customer.awaits(first.path("workflowId").asText(), status("completed"));

        assertThat(text(customer.says("order the same again")))
                .contains(
                        "2 × Indigo Block-Print Cotton Kurta",
                        first.path("journeyId").asText());

        customer.says("checkout");
        assertThat(customer.openProposal().at("/quote/lines/0/quantity").asInt())
                .isEqualTo(2);
    }

    @Test
    void tellsOfAParcelUntilItHasCome() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order = customer.confirms(customer.openProposal(), customer.card("4242"));
        var checkout = order.path("workflowId").asText();
        var delivery = checkout.replace("checkout-", "delivery-");
        customer.awaits(checkout, status("completed"));
        assertThat(text(customer.says("where is my order?"))).contains("being packed");
        var parcel = customer.newsOf(checkout, "order_confirmed")
                        .at("/facts/trackingId")
                        .asText() + "-1";

        carrierTells(parcel, "e1", "handed_over");
        assertThat(customer.newsOf(delivery, "shipped").path("text").asText()).contains("is on its way");
        assertThat(text(customer.says("where is my order?"))).contains("is on its way", parcel);

        carrierTells(parcel, "e2", "delivery_failed");
        customer.awaits(delivery, status("needs_staff"));
        assertThat(found("JourneyKind = 'Delivery' AND JourneyStatus = 'needs_staff'"))
                .contains(delivery);

        carrierTells(parcel, "e3", "delivered");
        carrierTells(parcel, "e3", "delivered");
        customer.awaits(delivery, status("completed"));
        assertThat(customer.newsOf(delivery, "delivered").path("text").asText()).contains("was delivered");
        assertThat(text(customer.says("where is my order?"))).contains("was delivered on");
    }

    /** At the same instant each, so that the one that is further on counts. */
    private void carrierTells(String parcel, String event, String status) throws Exception {
        shop.staff()
                .post(
                        "/v1/parcels/" + parcel + "/events",
                        Map.of("eventId", event, "status", status, "happenedAt", now.toString()));
    }

    @Test
    void spendsAtMost38EventsOnAConfirmedOrder() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");

        var order = customer.confirms(customer.openProposal(), customer.card("4242"));
        customer.awaits(order.path("workflowId").asText(), status("completed"));

        var history = temporal.fetchHistory(order.path("workflowId").asText());
        assertThat(history.getEvents().size()).isLessThanOrEqualTo(38);
    }

    @Test
    void keepsHistoriesUnreadableButForStaffAndPersonalDataOutOfThemAnyway() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var proposal = customer.openProposal();
        var card = customer.card("1111");
        var checkout = customer.confirms(proposal, card).path("workflowId").asText();
        customer.awaits(checkout, waitsFor("payment_method"));
        customer.pays(checkout, customer.card("4242"));
        customer.awaits(checkout, status("completed"));
        var quote = proposal.at("/quote/quoteId").asText();
        var payment = checkout.replace("checkout-", "payment-");

        for (var workflow : List.of(checkout, payment)) {
            assertThat(RunningShop.history(shop.ports(), workflow, Optional.empty()))
                    .contains("binary/encrypted")
                    .doesNotContain(quote, "Money of the order", "orderId", "order_confirmed", "Meera");
        }
        assertThat(RunningShop.history(shop.ports(), checkout, Optional.of(shop.staff())))
                .as("what staff read: input, memo, summaries, results")
                .contains(quote, "Money of the order", "orderId", "order_confirmed")
                .doesNotContain("binary/encrypted")
                .doesNotContain("Meera", "Park Street", "Kolkata");
    }

    /** Visibility follows a moment after the workflow. */
    private List<String> found(String query) throws InterruptedException {
        var deadline = Instant.now().plusSeconds(20);
        while (true) {
            try (Stream<WorkflowExecutionMetadata> executions = temporal.listExecutions(query)) {
                var ids = executions
                        .map(execution -> execution.getExecution().getWorkflowId())
                        .toList();
                if (!ids.isEmpty()
                        || query.contains("IS NOT NULL")
                        || Instant.now().isAfter(deadline)) {
                    return ids;
                }
            }
            Thread.sleep(100);
        }
    }
}
