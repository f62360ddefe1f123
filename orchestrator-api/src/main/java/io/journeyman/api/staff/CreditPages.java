package io.journeyman.api.staff;

import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.credit.CreditDesk;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.CreditAccount;
import io.journeyman.contracts.Payment.CreditEntry;
import io.journeyman.contracts.Payment.ExpiringCredit;
import io.journeyman.contracts.Payment.GrantStatus;
import io.journeyman.contracts.Payment.GrantedCredit;
import io.journeyman.contracts.ShopCurrency;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The console's store credit: a customer's account, a form to give some, and what was given by mistake taken back. */
@Path("/staff/credit")
@Produces("text/html; charset=utf-8")
public final class CreditPages {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.of("en", "IN")).withZone(StaffPages.zone());
    private static final String CUSTOMER = "[A-Za-z0-9._:-]{1,64}";
    private static final String AMOUNT = "[0-9]{1,9}([.][0-9]{1,3})?";

    private final CreditDesk desk;
    private final StaffJourneys staffRecord;
    private final StaffDoor door;
    private final StaffPages pages;
    private final InstantSource clock;

    public CreditPages(
            CreditDesk desk, StaffJourneys staffRecord, StaffDoor door, StaffPages pages, InstantSource clock) {
        this.desk = desk;
        this.staffRecord = staffRecord;
        this.door = door;
        this.pages = pages;
        this.clock = clock;
    }

    @GET
    public String account(@Context ContainerRequestContext request, @Context UriInfo uri) {
        String staff = door.staff(request);
        var asked = new MultivaluedHashMap<String, String>();
        asked.putSingle("customer", JourneyPages.given(uri.getQueryParameters(), "customer"));
        return page(staff, asked, JourneyPages.given(uri.getQueryParameters(), "said"), "");
    }

    /** Both forms: the one that gives, and the one of each grant that takes it back. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@Context ContainerRequestContext request, MultivaluedMap<String, String> posted) {
        String staff = door.staff(request);
        var form = StaffDoor.fields(posted);
        String customer = JourneyPages.given(form, "customer");
        var key = StaffDoor.key(form);
        if (key.isEmpty() || !customer.matches(CUSTOMER)) {
            return StaffDoor.to("/staff/credit", "form_stale");
        }
        try {
            var grant = JourneyPages.given(form, "takeBack");
            var done = grant.isEmpty()
                    ? desk.grant(wish(staff, key.get(), new CustomerId(customer), form))
                    : desk.takeBack(
                            staff, key.get(), new CustomerId(customer), new CreditId(grant), form.getFirst("reason"));
            return Response.seeOther(UriBuilder.fromPath("/staff/credit")
                            .queryParam("customer", customer)
                            .queryParam("said", "credit_" + done.status())
                            .build())
                    .build();
        } catch (DateTimeException e) {
            return Response.ok(page(staff, form, "time_wrong", "")).build();
        } catch (ProblemException refused) {
            return Response.ok(page(staff, form, "", refused.problem().detail()))
                    .build();
        }
    }

    private static CreditDesk.Wish wish(
            String staff, String key, CustomerId customer, MultivaluedMap<String, String> form) {
        Money amount = amount(JourneyPages.given(form, "amount"));
        return new CreditDesk.Wish(
                staff,
                key,
                customer,
                amount,
                form.getFirst("reason"),
                Optional.of(JourneyPages.given(form, "order"))
                        .filter(order -> !order.isEmpty())
                        .map(CreditPages::order),
                // the day itself counts
                JourneyPages.day(JourneyPages.given(form, "until"), 1),
                form.containsKey("forever"));
    }

    /** As the shop's people write numbers. */
    private static Money amount(String given) {
        String number = ShopCurrency.here().plainNumbers(given);
        int decimals = ShopCurrency.here().currency().getDefaultFractionDigits();
        if (!number.matches(AMOUNT) || new BigDecimal(number).scale() > decimals) {
            throw ProblemException.of(
                    400,
                    "bad_request",
                    "Give the amount in " + ShopCurrency.here().code() + ", such as 500, with " + decimals
                            + " decimals at most.");
        }
        return ShopCurrency.here().decimal(new BigDecimal(number));
    }

    private static OrderId order(String given) {
        if (!given.matches(CUSTOMER)) {
            throw ProblemException.of(400, "bad_request", "Give the order as it is named, such as JM-7K2P9QWX4T.");
        }
        return new OrderId(given);
    }

    /** @param typed of a form that was refused, which keeps what was typed @param wrong why it was refused */
    private String page(String staff, MultivaluedMap<String, String> typed, String said, String wrong) {
        Map<String, Object> page = new HashMap<>();
        String customer = JourneyPages.given(typed, "customer");
        boolean giving = typed.containsKey("amount");
        for (String field : List.of("amount", "order", "until")) {
            page.put(field, JourneyPages.given(typed, field));
        }
        page.put(
                "reason", giving ? Optional.ofNullable(typed.getFirst("reason")).orElse("") : "");
        page.put("forever", typed.containsKey("forever"));
        page.put("customer", customer);
        page.put("currency", ShopCurrency.here().code());
        page.put("key", UUID.randomUUID().toString());
        page.put("account", Map.of());
        page.put("wrong", wrong);
        if (!customer.isEmpty() && !customer.matches(CUSTOMER)) {
            page.put("wrong", "A customer is named by letters, digits and . _ : - only.");
        } else if (!customer.isEmpty()) {
            try {
                page.put("account", shown(desk.account(new CustomerId(customer))));
            } catch (ProblemException away) {
                page.put("wrong", (wrong + " " + away.problem().detail()).strip());
            }
        }
        return pages.render("credit.ftlh", staff, said, page);
    }

    private Map<String, Object> shown(CreditAccount account) {
        return Map.of(
                "spendable", account.spendable().shown(),
                "reserved", account.reserved().shown(),
                "expiring", account.expiring().stream().map(CreditPages::words).collect(Collectors.joining(", ")),
                "grants", account.grants().stream().map(this::row).toList(),
                "entries", account.entries().stream().map(CreditPages::row).toList());
    }

    private static String words(ExpiringCredit part) {
        return part.amount().shown() + " until " + lastDay(part.at());
    }

    private Map<String, Object> row(GrantedCredit grant) {
        boolean over =
                grant.expiresAt().filter(date -> !date.isAfter(clock.instant())).isPresent();
        return Map.of(
                "id", grant.grantId().value(),
                "at", StaffPages.shown(grant.grantedAt()),
                "amount", grant.amount().shown(),
                "until", grant.expiresAt().map(CreditPages::lastDay).orElse("–"),
                "reason", grant.reason(),
                "order", grant.orderId().map(OrderId::value).orElse(""),
                "standing",
                        grant.status() == GrantStatus.taken_back ? "taken back" : over ? "its date is over" : "granted",
                "open", grant.status() == GrantStatus.granted && !over,
                "deeds",
                        staffRecord.actions(CreditDesk.recordOf(grant.grantId())).stream()
                                .map(deed -> deed.staff() + ": " + deed.action() + " (" + StaffPages.words(deed.code())
                                        + "; " + deed.reason() + ")")
                                .toList());
    }

    private static Map<String, Object> row(CreditEntry entry) {
        return Map.of(
                "at", StaffPages.shown(entry.at()),
                "kind", StaffPages.words(entry.kind().name()),
                "amount", entry.amount().shown(),
                "until", entry.expiresAt().map(CreditPages::lastDay).orElse("–"),
                "order", entry.orderId().map(OrderId::value).orElse(""),
                "reason", entry.reason().orElse(""));
    }

    /** What ends at midnight can be used until the day before. */
    private static String lastDay(Instant end) {
        return DAY.format(end.minusMillis(1));
    }
}
