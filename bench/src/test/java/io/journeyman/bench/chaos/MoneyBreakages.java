package io.journeyman.bench.chaos;

import static io.journeyman.bench.chaos.LyingNetwork.about;
import static io.journeyman.bench.chaos.LyingNetwork.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.bench.chaos.Breakage.Proof;
import io.journeyman.bench.chaos.audit.Promise;
import io.journeyman.contracts.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Promise 1: attempts, captures, and store credit. */
final class MoneyBreakages {
    /** To an address of their own: these customers are looked at for their money alone. */
    private static final String WITH_CREDIT =
            "checkout with my store credit, send it to Meera Nair, %d Park Street, Kolkata 700016";

    private final BrokenShop shop;

    MoneyBreakages(BrokenShop shop) {
        this.shop = shop;
    }

    List<Breakage> all() {
        return List.of(
                new Breakage(
                        "charges twice when a repeated attempt has another number and two may be live",
                        this::chargesTwice),
                new Breakage("charges another amount when it is altered on its way", this::chargesAnotherAmount),
                new Breakage("is not paid when a capture does not reach the gateway", this::isNotPaid),
                new Breakage("keeps store credit set aside that the order should have spent", this::doesNotSpend),
                new Breakage("keeps store credit set aside that the order should have released", this::doesNotRelease),
                new Breakage(
                        "spends store credit after its date when nobody takes off what has expired",
                        this::spendsWhatHasExpired),
                new Breakage("takes expired credit twice when a date may expire again", this::expiresTwice));
    }

    /** The number alone is not enough: the index stands behind it. */
    private Proof chargesTwice() throws Exception {
        var first = shop.comesIn();
        var second = shop.comesIn();
        var guarded = first.chooses();
        var unguarded = second.chooses();
        for (var proposal : List.of(guarded, unguarded)) {
            shop.network.lieTo(Part.payment, about("/attempts", Buyer.order(proposal)), (call, agent) -> {
                var answer = agent.send(call);
                agent.send(Lies.underAnotherKey(Lies.with(call, "attempt", 50)));
                return answer;
            });
        }

        first.pays(guarded);
        shop.sql("DROP INDEX payment.one_live_or_successful_attempt");
        second.pays(unguarded);

        return audited -> {
            audited.clears(Buyer.order(guarded));
            audited.names(Promise.charged_once, "order " + Buyer.order(unguarded) + " is charged 2 times");
        };
    }

    private Proof chargesAnotherAmount() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        LyingNetwork.Lie onePaisaMore = (call, agent) -> agent.send(Lies.dearer(call));
        shop.network.lieTo(Part.payment, about("/attempts", order), onePaisaMore);
        shop.network.lieTo(Part.payment, call -> call.path().equals("/attempts/" + order + "/1/capture"), onePaisaMore);

        buyer.pays(proposal);

        return audited -> audited.names(Promise.charged_once, "charge " + order + "/1 is of");
    }

    private Proof isNotPaid() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        shop.network.swallow(Part.payment, "/attempts/" + order + "/1/capture", Lies.attempt(order, "captured"));

        buyer.pays(proposal);

        return audited -> audited.names(
                Promise.charged_once,
                "order " + order + " is confirmed, and what was taken for it is: " + order + "/1 authorised");
    }

    private Proof doesNotSpend() throws Exception {
        var buyer = shop.comesIn();
        shop.giveCredit(buyer, Map.of());
        var proposal = buyer.chooses(WITH_CREDIT.formatted(buyer.record().house()));
        var order = Buyer.order(proposal);
        shop.network.swallow(Part.payment, "/credit-uses/" + order + "/spend", Lies.creditUse(order, "spent"));

        buyer.pays(proposal);

        // its parcel may have left, or have come, since
        return audited -> assertThat(audited.of(Promise.charged_once))
                .anyMatch(violation -> violation.startsWith("order " + order + " is ")
                        && violation.endsWith(", and its store credit is reserved"));
    }

    private Proof doesNotRelease() throws Exception {
        var buyer = shop.comesIn();
        shop.giveCredit(buyer, Map.of());
        var proposal = buyer.chooses(WITH_CREDIT.formatted(buyer.record().house()));
        var order = Buyer.order(proposal);
        shop.network.lieTo(Part.fulfillment, about("/shipments", order), (call, parcels) -> {
            parcels.send(call);
            return answer(422, Problem.of(422, "option_gone", "The carrier does not come any more."));
        });
        shop.network.swallow(Part.payment, "/credit-uses/" + order + "/release", Lies.creditUse(order, "released"));

        buyer.pays(proposal);

        return audited -> audited.names(
                Promise.charged_once, "order " + order + " is cancelled, and its store credit is reserved");
    }

    private Proof spendsWhatHasExpired() throws Exception {
        var buyer = shop.comesIn();
        var customer = buyer.record().customerId();
        shop.onEachRow(
                "BEFORE INSERT OR UPDATE ON payment.credit_account",
                "NEW.customer_id = '" + customer + "'",
                "NEW.lapses_at := NULL");
        shop.giveCredit(buyer, Map.of("expiresAt", tomorrow()));
        shop.calendar.creditEnds(customer);

        buyer.pays(buyer.chooses(WITH_CREDIT.formatted(buyer.record().house())));

        return audited -> audited.names(Promise.charged_once, "store credit of customer " + customer + " ended at");
    }

    private Proof expiresTwice() throws Exception {
        var buyer = shop.comesIn();
        var customer = buyer.record().customerId();
        shop.giveCredit(buyer, Map.of("expiresAt", tomorrow()));
        shop.sql("DROP INDEX payment.each_date_expires_once");
        shop.sql("ALTER TABLE payment.credit_entry DISABLE TRIGGER entries_make_the_credit");
        shop.sql("ALTER TABLE payment.credit_account DISABLE TRIGGER the_credit_has_its_entries");
        shop.onEachRow(
                "AFTER INSERT ON payment.credit_entry",
                "NEW.kind = 'expired' AND NEW.customer_id = '" + customer + "' AND pg_trigger_depth() = 0",
                "INSERT INTO payment.credit_entry (at, customer_id, kind, from_account, to_account, amount, expires_at)"
                        + " VALUES (NEW.at, NEW.customer_id, NEW.kind, NEW.from_account, NEW.to_account, NEW.amount, NEW.expires_at)");
        shop.calendar.creditEnds(customer);

        buyer.says("how much store credit do I have?");

        return audited ->
                audited.names(Promise.charged_once, "store credit of customer " + customer + " expired 2 times");
    }

    private static String tomorrow() {
        return Instant.now().plus(Duration.ofDays(1)).toString();
    }
}
