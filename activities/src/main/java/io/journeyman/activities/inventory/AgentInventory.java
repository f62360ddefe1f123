package io.journeyman.activities.inventory;

import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.AheadLine;
import io.journeyman.contracts.Inventory.GiveBack;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.PlaceHold;
import io.journeyman.contracts.Inventory.RenewHold;
import io.journeyman.contracts.Inventory.ReturnedStock;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Inventory.TakeBackReturn;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Holds stock at the inventory agent. */
public final class AgentInventory implements InventoryActivities {
    private final AgentClient agent;
    private final Quotes quotes;

    public AgentInventory(AgentClient agent, Quotes quotes) {
        this.agent = agent;
        this.quotes = quotes;
    }

    @Override
    public HoldOutcome placeHold(HoldId hold, QuoteId quote, Instant expiresAt) {
        Quote frozen = quotes.get(quote);
        PlaceHold body = new PlaceHold(
                hold,
                frozen.lines().stream().map(PricedLine::line).toList(),
                frozen.inStore(),
                frozen.reservation().map(reservation -> new HoldId(reservation.value())),
                frozen.delivery().map(AgentInventory::ahead).filter(lines -> !lines.isEmpty()),
                expiresAt);
        return outcome(agent.change("placeHold", "/holds", "place-" + hold + "-" + expiresAt, body, Hold.class));
    }

    @Override
    public HoldOutcome holdReplacement(HoldId hold, List<StockLine> pieces, Instant expiresAt) {
        PlaceHold body = new PlaceHold(
                hold,
                pieces.stream().map(line -> new Line(line.sku(), line.units())).toList(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                expiresAt);
        return outcome(agent.change("placeHold", "/holds", "place-" + hold + "-" + expiresAt, body, Hold.class));
    }

    /** Nothing comes later than its customer was told. */
    private static List<AheadLine> ahead(Quote.Delivery delivery) {
        return delivery.ahead().stream()
                .map(line -> new AheadLine(line.sku(), line.dueOn()))
                .toList();
    }

    @Override
    public HoldOutcome renewHold(HoldId hold, QuoteId quote, Instant expiresAt) {
        return outcome(agent.change(
                "renewHold",
                "/holds/" + segment(hold) + "/renew",
                "renew-" + hold + "-" + expiresAt,
                new RenewHold(expiresAt),
                Hold.class));
    }

    /** The hold is what makes it happen once: under a key of their own, tries after it was held anew are not answered as the one before. */
    @Override
    public HoldOutcome allocateHold(HoldId hold) {
        return outcome(agent.change(
                "allocateHold",
                "/holds/" + segment(hold) + "/allocate",
                "allocate-" + hold + "-" + UUID.randomUUID(),
                Hold.class));
    }

    @Override
    public void releaseHold(HoldId hold) {
        agent.change("releaseHold", "/holds/" + segment(hold) + "/release", "release-" + hold, Hold.class)
                .orFail();
    }

    @Override
    public void takeBackReturn(ReturnId returnId, List<StockLine> pieces) {
        book("take-back-" + returnId, new TakeBackReturn(new BookingId(returnId.value()), Optional.empty(), pieces));
    }

    @Override
    public void writeOffReturn(ReturnId returnId, List<StockLine> pieces) {
        book(
                "write-off-" + returnId,
                new TakeBackReturn(new BookingId(returnId.value()), Optional.empty(), pieces, Optional.of(true)));
    }

    private void book(String key, TakeBackReturn back) {
        agent.change("takeBackReturn", "/returns", key, back, ReturnedStock.class)
                .orFail();
    }

    /** Each place books what it has under the cancellation's id, a point and its own. */
    @Override
    public void takeBackCancelled(CancellationId cancellation, List<ShippedLine> pieces) {
        SortedMap<String, List<StockLine>> places = new TreeMap<>();
        for (ShippedLine piece : pieces) {
            places.computeIfAbsent(piece.shipsFrom().map(LocationId::value).orElse(""), place -> new ArrayList<>())
                    .add(new StockLine(piece.sku(), piece.quantity()));
        }
        places.forEach((place, lines) -> {
            String booking = cancellation + (place.isEmpty() ? "" : "." + place);
            book(
                    "take-back-" + booking,
                    new TakeBackReturn(
                            new BookingId(booking),
                            Optional.of(place).filter(named -> !named.isEmpty()).map(LocationId::new),
                            lines));
        });
    }

    @Override
    public void giveBackPieces(HoldId hold, CancellationId cancellation, List<ShippedLine> pieces) {
        SortedMap<String, Integer> units = new TreeMap<>();
        pieces.forEach(piece -> units.merge(piece.sku().value(), piece.quantity(), Math::addExact));
        agent.change(
                        "giveBackPieces",
                        "/holds/" + segment(hold) + "/give-back",
                        "give-back-" + cancellation,
                        new GiveBack(
                                new BookingId(cancellation.value()),
                                units.entrySet().stream()
                                        .map(line -> new StockLine(new Sku(line.getKey()), line.getValue()))
                                        .toList()),
                        Hold.class)
                .orFail();
    }

    private static HoldOutcome outcome(Answer<Hold> answer) {
        return switch (answer) {
            case Answer.Done<Hold>(Hold hold) ->
                switch (hold.status()) {
                    case held, allocated -> new HoldOutcome.Held(hold.expiresAt());
                    case released, expired -> new HoldOutcome.Gone();
                };
            case Answer.Refused<Hold> refused
            when refused.is("out_of_stock") -> new HoldOutcome.OutOfStock(skus(refused));
            case Answer.Refused<Hold> refused when refused.is("hold_gone") -> new HoldOutcome.Gone();
            case Answer.Refused<Hold> refused -> throw refused.failure();
            case Answer.Unavailable<Hold> unavailable -> throw unavailable.failure();
        };
    }

    private static List<Sku> skus(Answer.Refused<Hold> refused) {
        List<Sku> skus = new ArrayList<>();
        refused.document().path("skus").forEach(sku -> skus.add(new Sku(sku.asText())));
        return List.copyOf(skus);
    }
}
