package io.journeyman.bench.chaos.audit;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** Promise 4: the engine says what is open, the table until when it waits. */
final class NothingStuck {
    private static final Set<String> ORDERLY = Set.of("RUNNING", "COMPLETED");

    private NothingStuck() {}

    static Tally check(Evidence evidence) throws SQLException {
        var tally = new Tally();
        var books = evidence.books();
        var withDeadline = books.set("""
                SELECT workflow_id FROM conversation.journey WHERE waiting_for <> '' AND until > now()""");
        var all = evidence.idsOf(any -> true);
        for (var workflow : evidence.workflows()) {
            tally.expect(
                    ORDERLY.contains(workflow.status()), "%s ended as %s".formatted(workflow.id(), workflow.status()));
            tally.expect(
                    workflow.pending().isEmpty(), "%s still tries: %s".formatted(workflow.id(), workflow.pending()));
            if (workflow.isOpen() && workflow.isJourney()) {
                tally.expect(workflow.waits(), "%s is open and waits for nobody".formatted(workflow.id()));
                tally.expect(
                        withDeadline.contains(workflow.id()), "%s waits without a deadline".formatted(workflow.id()));
            }
            if (workflow.isOpen() && workflow.type().equals("PaymentRetry")) {
                tally.expect(
                        evidence.open().contains(workflow.id().replace("payment-", "checkout-")),
                        "%s is open without its checkout".formatted(workflow.id()));
            }
        }
        for (var customer : evidence.customers()) {
            for (var promised : customer.promised().values()) {
                var workflow = promised.kind().toLowerCase(Locale.ROOT) + "-" + promised.journeyId();
                tally.expect(all.contains(workflow), "%s was confirmed and never began".formatted(workflow));
            }
        }
        for (var order : books.texts("SELECT order_id FROM post_purchase.order_state WHERE status = 'pending'")) {
            tally.expect(
                    evidence.open().contains("checkout-" + order),
                    "order %s is pending and nobody works on it".formatted(order));
        }
        for (var journey : books.texts("""
                SELECT workflow_id FROM conversation.journey WHERE status NOT IN ('completed', 'cancelled', 'failed')""")) {
            tally.expect(
                    evidence.open().contains(journey), "%s is told to be under way and has ended".formatted(journey));
        }
        return tally;
    }
}
