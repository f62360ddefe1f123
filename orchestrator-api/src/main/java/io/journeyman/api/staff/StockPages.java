package io.journeyman.api.staff;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.Inventory.BookingEntry;
import io.journeyman.contracts.Inventory.ExpectedDelivery;
import io.journeyman.contracts.Inventory.GoodsDesk;
import io.journeyman.contracts.Inventory.OpenTransfer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What of the shop's goods is on its way, what is to come, and what was booked last. */
@Path("/staff/stock")
@Produces("text/html; charset=utf-8")
public final class StockPages {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.of("en", "IN"));
    private static final GoodsDesk NOTHING = new GoodsDesk(List.of(), List.of(), List.of());

    private final AgentClient inventory;
    private final StaffDoor door;
    private final StaffPages pages;
    private final InstantSource clock;

    public StockPages(AgentClient inventory, StaffDoor door, StaffPages pages, InstantSource clock) {
        this.inventory = inventory;
        this.door = door;
        this.pages = pages;
        this.clock = clock;
    }

    @GET
    public String desk(@Context ContainerRequestContext request) {
        String staff = door.staff(request);
        return switch (inventory.get("getGoodsDesk", "/desk", GoodsDesk.class)) {
            case Answer.Done<GoodsDesk>(GoodsDesk desk) -> page(staff, desk, "");
            case Answer.Refused<GoodsDesk> refused ->
                page(staff, NOTHING, refused.problem().detail());
            case Answer.Unavailable<GoodsDesk> _ ->
                page(staff, NOTHING, "The inventory agent does not answer. Look again in a moment.");
        };
    }

    private String page(String staff, GoodsDesk desk, String trouble) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), StaffPages.zone());
        return pages.render(
                "stock.ftlh",
                staff,
                "",
                Map.of(
                        "trouble",
                        trouble,
                        "transfers",
                        desk.transfers().stream().map(StockPages::row).toList(),
                        "deliveries",
                        desk.deliveries().stream()
                                .map(delivery -> row(delivery, today))
                                .toList(),
                        "bookings",
                        desk.bookings().stream().map(StockPages::row).toList()));
    }

    private static Map<String, Object> row(OpenTransfer transfer) {
        return Map.of(
                "id", transfer.transferId().value(),
                "from", transfer.fromId().value(),
                "to", transfer.toId().value(),
                "sent", StaffPages.shown(transfer.sentAt()),
                "pieces", transfer.pieces());
    }

    private static Map<String, Object> row(ExpectedDelivery delivery, LocalDate today) {
        return Map.of(
                "id", delivery.deliveryId().value(),
                "to", delivery.locationId().value(),
                "due", DAY.format(delivery.dueOn()),
                "late", delivery.dueOn().isBefore(today),
                "pieces", delivery.pieces());
    }

    private static Map<String, Object> row(BookingEntry booking) {
        return Map.of(
                "id", booking.bookingId().value(),
                "kind", StaffPages.words(booking.kind().name()),
                "at", booking.locationId().value(),
                "why",
                        booking.reason()
                                .map(reason -> StaffPages.words(reason.name()))
                                .orElse(""),
                "note", booking.note().orElse(""),
                "by", booking.bookedBy(),
                "when", StaffPages.shown(booking.bookedAt()),
                "pieces", booking.pieces());
    }
}
