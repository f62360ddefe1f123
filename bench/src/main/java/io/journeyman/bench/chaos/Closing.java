package io.journeyman.bench.chaos;

import io.journeyman.api.auth.Session;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import io.journeyman.contracts.CustomerId;
import io.journeyman.launcher.ShopAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The end of the day: of the journeys that still wait for their customer most are paid, fetched or cancelled; a few stay. */
final class Closing {
    private static final int STAY_PERCENT = 10;

    private final ShopAddress shop;
    private final Connection books;
    private final SplittableRandom chance;

    Closing(ShopAddress shop, Connection books, long seed) {
        this.shop = shop;
        this.books = books;
        this.chance = new SplittableRandom(seed);
    }

    /** @param pickupCode of an order that is paid; nothing for a reservation */
    private record Waiting(
            String workflowId, String journeyId, String customerId, String waitingFor, String pickupCode) {
        String fetch() {
            return pickupCode.isEmpty()
                    ? "/v1/reservations/" + journeyId + "/collected"
                    : "/v1/orders/" + journeyId + "/handed-over";
        }
    }

    void driveToAnEnd(List<CustomerRecord> customers) throws SQLException, InterruptedException {
        for (var waiting : waiting()) {
            var record = customers.stream()
                    .filter(customer -> customer.customerId().equals(waiting.customerId()))
                    .findFirst();
            if (record.isPresent() && chance.nextInt(100) >= STAY_PERCENT) {
                try {
                    end(waiting, record.get());
                } catch (GaveUp unanswered) {
                    record.get().complains(5, "nobody answered a quiet shop's customer: " + unanswered.getMessage());
                }
            }
        }
    }

    private void end(Waiting waiting, CustomerRecord record) throws GaveUp, InterruptedException {
        var key = "closing-" + waiting.workflowId();
        if (chance.nextBoolean()) {
            client(new Session.Customer(new CustomerId(record.customerId())), record)
                    .post("/v1/journeys/" + waiting.workflowId() + "/cancel", key, Map.of());
        } else if (waiting.waitingFor().equals("collection")) {
            client(new Session.Staff("staff-closing"), record)
                    .post(waiting.fetch(), key, Map.of("pickupCode", waiting.pickupCode()));
        } else {
            client(new Session.Customer(new CustomerId(record.customerId())), record)
                    .post(
                            "/v1/journeys/" + waiting.workflowId() + "/payment-method",
                            key,
                            Map.of("cashOnDelivery", true));
        }
    }

    private ShopClient client(Session session, CustomerRecord record) {
        return new ShopClient(shop, shop.tokenOf(session), seen -> record.complains(5, seen));
    }

    private List<Waiting> waiting() throws SQLException {
        var found = new ArrayList<Waiting>();
        try (var statement = books.createStatement();
                var rows = statement.executeQuery("""
                        SELECT workflow_id, journey_id, customer_id, waiting_for,
                            CASE kind WHEN 'Delivery' THEN facts->>'pickupCode' ELSE '' END
                        FROM conversation.journey JOIN conversation.conversation ON id = conversation_id
                        WHERE waiting_for IN ('payment_method', 'payment_confirmation', 'collection')
                        ORDER BY workflow_id""")) {
            while (rows.next()) {
                found.add(new Waiting(
                        rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
            }
        }
        return found;
    }
}
