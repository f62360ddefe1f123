package io.journeyman.api.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.activities.staff.StaffJourneys.Deed;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Inventory.BookingEntry;
import io.journeyman.contracts.Inventory.ExpectedDelivery;
import io.journeyman.contracts.Inventory.GoodsDesk;
import io.journeyman.contracts.Inventory.ImportDeliveries;
import io.journeyman.contracts.Inventory.OpenTransfer;
import io.journeyman.contracts.Inventory.Waiting;
import io.journeyman.contracts.Inventory.WaitingLine;
import io.journeyman.contracts.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What of the shop's goods is on its way, what is to come and who waits for it, and what was booked last. Staff announce here what is to
 * come, and how much of it may be sold before.
 */
@Path("/staff/stock")
@Produces("text/html; charset=utf-8")
public final class StockPages {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.of("en", "IN"));
    private static final String AWAY = "The inventory agent does not answer. Look again in a moment.";
    private static final Contract CONTRACT = Contract.load("inventory");
    private static final Contract.Operation IMPORT =
            CONTRACT.operation("importDeliveries").orElseThrow();
    private static final Map<String, Object> NOBODY = Map.of("delivery", "", "pieces", 0, "lines", List.of());
    private static final GoodsDesk NOTHING = new GoodsDesk(List.of(), List.of(), List.of(), List.of());

    private static final Announcement EMPTY = new Announcement("", "", "", "", "", "");

    private final AgentClient inventory;
    private final StaffJourneys staffRecord;
    private final StaffDoor door;
    private final StaffPages pages;
    private final InstantSource clock;

    public StockPages(
            AgentClient inventory, StaffJourneys staffRecord, StaffDoor door, StaffPages pages, InstantSource clock) {
        this.inventory = inventory;
        this.staffRecord = staffRecord;
        this.door = door;
        this.pages = pages;
        this.clock = clock;
    }

    /** A form as it was filled in. */
    public record Announcement(
            String delivery, String location, String due, String sku, String units, String promisable) {
        private static Announcement of(MultivaluedMap<String, String> form) {
            return new Announcement(
                    field(form, "delivery"),
                    field(form, "location"),
                    field(form, "due"),
                    field(form, "sku"),
                    field(form, "units"),
                    field(form, "promisable"));
        }

        private static String field(MultivaluedMap<String, String> form, String name) {
            return Optional.ofNullable(form.getFirst(name)).orElse("").strip();
        }

        /** Empty where it breaks the contract. */
        private Optional<ImportDeliveries> asRow() {
            ObjectNode row = Json.mapper()
                    .createObjectNode()
                    .put("deliveryId", delivery)
                    .put("locationId", location)
                    .put("dueOn", due)
                    .put("sku", sku);
            put(row, "units", units);
            put(row, "promisable", promisable);
            ObjectNode body = Json.mapper().createObjectNode().put("dryRun", false);
            body.putArray("rows").add(row);
            return CONTRACT.checkRequest(IMPORT, Optional.of(body.toString())).isEmpty()
                    ? Optional.of(Json.convert(body, ImportDeliveries.class))
                    : Optional.empty();
        }

        private static void put(ObjectNode row, String name, String digits) {
            if (digits.matches("[0-9]{1,6}")) {
                row.put(name, Integer.parseInt(digits));
            } else if (!digits.isEmpty()) {
                row.put(name, digits);
            }
        }
    }

    @GET
    public String desk(
            @Context ContainerRequestContext request,
            @QueryParam("said") @DefaultValue("") String said,
            @QueryParam("delivery") @DefaultValue("") String delivery) {
        return page(door.staff(request), said, delivery, EMPTY, "");
    }

    /** A variant of a delivery: what it has besides stays announced. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response announce(@Context ContainerRequestContext request, MultivaluedMap<String, String> posted) {
        String staff = door.staff(request);
        var form = StaffDoor.fields(posted);
        var key = StaffDoor.key(form);
        if (key.isEmpty()) {
            return StaffDoor.to("/staff/stock", "form_stale");
        }
        var wish = Announcement.of(form);
        Optional<ImportDeliveries> row = wish.asRow();
        String wrong = row.map(body -> refusal(staff, key.get(), body))
                .orElse(
                        "Give a delivery, a place, a day such as 2026-12-10, a variant's sku, its pieces, and how many of them may"
                                + " be sold before they are there.");
        return wrong.isEmpty()
                ? StaffDoor.to("/staff/stock", "delivery_announced")
                : Response.ok(page(staff, "", "", wish, wrong)).build();
    }

    /** @return why it is not announced; empty where it is */
    private String refusal(String staff, String key, ImportDeliveries body) {
        var row = body.rows().getFirst();
        var deed = new Deed(
                staff,
                "delivery-" + row.deliveryId(),
                "announce " + row.units() + " of " + row.sku() + " for " + row.dueOn(),
                "announced in the console",
                key);
        return switch (staffRecord.recorded(
                deed,
                () -> inventory.change(
                        "importDeliveries", "/announcements/import", staff + "-" + key, body, ImportedRows.class),
                rows -> rows.rows().getFirst().result().name())) {
            case Answer.Done<ImportedRows>(ImportedRows rows) -> {
                ImportedRow result = rows.rows().getFirst();
                yield result.result() == ImportedRow.Result.refused
                        ? StaffPages.words(result.field().orElse("It") + " "
                                + result.reason().orElse("is wrong") + ".")
                        : "";
            }
            case Answer.Refused<ImportedRows> refused -> refused.problem().detail();
            case Answer.Unavailable<ImportedRows> _ -> AWAY;
        };
    }

    private String page(String staff, String said, String delivery, Announcement wish, String wrong) {
        return switch (inventory.get("getGoodsDesk", "/desk", GoodsDesk.class)) {
            case Answer.Done<GoodsDesk>(GoodsDesk desk) -> page(staff, said, desk, waiting(delivery), wish, wrong);
            case Answer.Refused<GoodsDesk> refused ->
                page(staff, said, NOTHING, NOBODY, wish, refused.problem().detail());
            case Answer.Unavailable<GoodsDesk> _ -> page(staff, said, NOTHING, NOBODY, wish, AWAY);
        };
    }

    /** Who waits for a delivery that was asked for; nobody for one that is not known. */
    private Map<String, Object> waiting(String delivery) {
        if (!delivery.matches("[A-Za-z0-9._:-]{1,64}")) {
            return NOBODY;
        }
        return switch (inventory.get(
                "getWaiting", "/deliveries/" + AgentClient.segment(delivery) + "/waiting", Waiting.class)) {
            case Answer.Done<Waiting>(Waiting waiting) ->
                Map.of(
                        "delivery",
                        delivery,
                        "pieces",
                        waiting.pieces(),
                        "lines",
                        waiting.lines().stream().map(StockPages::row).toList());
            case Answer.Refused<Waiting> _ -> NOBODY;
            case Answer.Unavailable<Waiting> _ -> NOBODY;
        };
    }

    private String page(
            String staff, String said, GoodsDesk desk, Map<String, Object> waiting, Announcement wish, String trouble) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), StaffPages.zone());
        return pages.render(
                "stock.ftlh",
                staff,
                said,
                Map.of(
                        "trouble",
                        trouble,
                        "key",
                        UUID.randomUUID().toString(),
                        "wish",
                        wish,
                        "waiting",
                        waiting,
                        "unserved",
                        desk.unserved().stream().map(StockPages::row).toList(),
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
                "pieces", delivery.pieces(),
                "promisable", delivery.promisable(),
                "waiting", delivery.waiting());
    }

    private static Map<String, Object> row(WaitingLine line) {
        return Map.of(
                "order", line.holdId().value(),
                // a later run of a checkout holds under the order's id, a point and a mark of its own
                "journey", "checkout-" + line.holdId().value().replaceAll("\\..*", ""),
                "sku", line.sku().value(),
                "pieces", line.quantity(),
                "since", StaffPages.shown(line.since()),
                "sold", line.sold());
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
