package io.journeyman.api.page;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.ConversationEvent;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.activities.conversation.JourneyView;
import io.journeyman.activities.conversation.Proposal;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.api.auth.Session;
import io.journeyman.api.journey.KeptMethods;
import io.journeyman.api.review.Reviews;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.KeptMethod;
import io.journeyman.contracts.Payment.PaymentMethods;
import io.journeyman.contracts.PostPurchase.AskedLine;
import io.journeyman.contracts.PostPurchase.CustomerReviews;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import io.journeyman.contracts.Sku;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Renders a conversation as HTML. Everything on the page comes from Postgres, so that a reload continues where it was; only which cards
 * are kept the payment agent knows, who is asked when something is to be paid, and what its customer thinks of an order postPurchase,
 * who is asked where the customer was.
 */
public final class ChatPage {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(ShopTime.ZONE);
    /** For the page's idea of what to ask. */
    private static final Money BUDGET =
            ShopCurrency.here().whole(ShopCurrency.here().isRupee() ? 3_000 : 100);

    private static final int MOST_EVENTS = 200;
    private static final int MOST_JOURNEYS = 8;
    private static final int LOOKED_THROUGH = 200;

    private final ConversationStore store;
    private final KeptMethods kept;
    private final Reviews reviews;
    private final InstantSource clock;
    private final Optional<StripeForm> stripe;
    private final Optional<URI> signIn;
    private final boolean demo;
    private final Configuration templates = new Configuration(Configuration.VERSION_2_3_34);

    /**
     * @param stripe the card form, where it is Stripe's own
     * @param signIn the shop's own page where customers sign in
     */
    public ChatPage(
            ConversationStore store,
            KeptMethods kept,
            Reviews reviews,
            InstantSource clock,
            Optional<StripeForm> stripe,
            Optional<URI> signIn,
            boolean demo) {
        this.store = store;
        this.kept = kept;
        this.reviews = reviews;
        this.clock = clock;
        this.stripe = stripe;
        this.signIn = signIn;
        this.demo = demo;
        templates.setClassForTemplateLoading(ChatPage.class, "/templates");
        templates.setDefaultEncoding("UTF-8");
        templates.setURLEscapingCharset("UTF-8");
        templates.setLogTemplateExceptions(false);
        templates.setLocale(ShopCurrency.here().locale());
    }

    String whole(Optional<Session> session, Optional<ConversationId> conversation) {
        return render("chat.ftlh", session, conversation);
    }

    String view(Optional<Session> session, Optional<ConversationId> conversation) {
        return render("view.ftlh", session, conversation);
    }

    private String render(String template, Optional<Session> session, Optional<ConversationId> conversation) {
        var model = new HashMap<String, Object>();
        model.put(
                "session",
                session.map(Session::getName)
                        .map(name -> name.substring(0, name.indexOf(':')))
                        .orElse("none"));
        model.put("demo", demo);
        signIn.ifPresent(page -> model.put("signIn", page.toString()));
        model.put("upi", ShopCurrency.here().isRupee());
        model.put("budget", BUDGET.shown());
        stripe.ifPresent(form -> model.put(
                "stripe",
                Map.of("key", form.publishableKey(), "script", form.script().toString())));
        model.put("entries", conversation.map(id -> entries(session, id)).orElse(List.of()));
        model.put("lastEvent", conversation.map(store::lastEvent).orElse(0L));
        model.put(
                "cart",
                conversation
                        .map(store::cart)
                        .map(cart -> lines(cart.lines(), Map.of()))
                        .orElse(List.of()));
        model.put(
                "pieces",
                conversation.map(store::cart).map(cart -> cart.pieces()).orElse(0));
        model.put(
                "goods",
                conversation.map(store::cart).map(cart -> cart.goods().shown()).orElse(""));
        var journeys = conversation.map(this::journeys).orElse(List.of());
        model.put("journeys", journeys);
        var open = conversation.flatMap(store::openProposal);
        open.ifPresent(one -> model.put("proposal", proposal(one)));
        boolean pays = open.filter(one -> one.kind().equals("Checkout")
                                && one.quote().due().minor() > 0)
                        .isPresent()
                || journeys.stream().anyMatch(JourneyCard::needsPayment);
        model.put("methods", pays ? session.map(this::methods).orElse(List.of()) : List.of());
        try (var out = new StringWriter()) {
            templates.getTemplate(template).process(model, out);
            return out.toString();
        } catch (TemplateException e) {
            throw new IllegalStateException("the page's template is wrong: " + e.getMessageWithoutStackTop(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without an answer there are none: the card form is there in any case. */
    private List<MethodView> methods(Session session) {
        return session instanceof Session.Customer customer
                        && kept.of(customer.customerId()) instanceof Answer.Done<PaymentMethods>(PaymentMethods methods)
                ? methods.methods().stream().map(MethodView::of).toList()
                : List.of();
    }

    private List<Entry> entries(Optional<Session> session, ConversationId conversation) {
        var entries = new ArrayList<Entry>();
        for (var turn : store.transcript(conversation, Integer.MAX_VALUE, ChatResource.transcriptLength())) {
            entries.add(new Entry(
                    "turn-" + turn.turn(),
                    "customer",
                    turn.text(),
                    turn.channel(),
                    List.of(),
                    List.of(),
                    List.of(),
                    turn.acceptedAt()));
            turn.reply()
                    .ifPresentOrElse(
                            reply -> entries.add(new Entry(
                                    "reply-" + turn.turn(),
                                    "house",
                                    reply.text(),
                                    "",
                                    cards(reply.cards()),
                                    List.of(),
                                    List.of(),
                                    turn.acceptedAt())),
                            () -> entries.add(new Entry(
                                    "reply-" + turn.turn(),
                                    "waiting",
                                    "",
                                    "",
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    turn.acceptedAt())));
        }
        long from = Math.max(0, store.lastEvent(conversation) - MOST_EVENTS);
        var news = store.events(conversation, from, MOST_EVENTS).stream()
                .filter(event -> event.kind().equals("news"))
                .toList();
        var asked = news.stream().anyMatch(ChatPage::asksForReviews) ? reviews(session) : List.<AskedLine>of();
        news.forEach(event -> entries.add(news(event, asked)));
        entries.sort(Comparator.comparing(Entry::at));
        return entries;
    }

    private static boolean asksForReviews(ConversationEvent event) {
        return event.body().path("code").asText().equals("reviews_wanted");
    }

    /** Without an answer there are none: what they think the customer may still type. */
    private List<AskedLine> reviews(Optional<Session> session) {
        return session.orElse(null) instanceof Session.Customer customer
                        && reviews.of(customer.customerId())
                                instanceof Answer.Done<CustomerReviews>(CustomerReviews asked)
                ? asked.lines()
                : List.of();
    }

    private static Entry news(ConversationEvent event, List<AskedLine> asked) {
        var suggestions = new ArrayList<String>();
        event.body().path("suggestions").forEach(suggestion -> suggestions.add(suggestion.asText()));
        return new Entry(
                "news-" + event.seq(),
                "news",
                event.body().path("text").asText(),
                "",
                List.of(),
                suggestions,
                asked.stream()
                        .filter(line -> asksForReviews(event)
                                && line.orderId()
                                        .value()
                                        .equals(event.body().path("journeyId").asText()))
                        .map(ReviewView::of)
                        .toList(),
                event.at());
    }

    private static List<Card> cards(List<com.fasterxml.jackson.databind.JsonNode> stored) {
        var cards = new ArrayList<Card>();
        for (var card : stored) {
            if (card.path("kind").asText().equals("product")) {
                var colors = new ArrayList<String>();
                card.path("colors").forEach(color -> colors.add(color.asText()));
                var sizes = new ArrayList<String>();
                card.path("sizes").forEach(size -> sizes.add(size.asText()));
                cards.add(new Card(
                        card.path("productId").asText(),
                        card.path("name").asText(),
                        card.path("category").asText(),
                        Json.convert(card.path("price"), Money.class).shown(),
                        String.join(" · ", sizes),
                        String.join(", ", colors),
                        colors.isEmpty() ? "" : colors.getFirst(),
                        card.path("reason").asText(""),
                        card.path("rating").asText(""),
                        day(card.at("/orderAhead/dueOn").asText(""))));
            }
        }
        return cards;
    }

    private static String day(String date) {
        return date.isEmpty() ? "" : DAY.format(LocalDate.parse(date));
    }

    /** @param expected when those come that are not in the shop yet */
    private static List<LineView> lines(List<PricedLine> lines, Map<Sku, String> expected) {
        return lines.stream()
                .map(line -> new LineView(
                        line.productId().value(),
                        line.name(),
                        line.size(),
                        line.color(),
                        line.quantity(),
                        line.amount().shown(),
                        expected.getOrDefault(line.sku(), "")))
                .toList();
    }

    private static Map<Sku, String> expected(Quote quote) {
        return quote.delivery().stream()
                .flatMap(delivery -> delivery.ahead().stream())
                .collect(Collectors.toMap(
                        Quote.Ahead::sku,
                        line -> "Expected " + DAY.format(line.dueOn()) + ", with you by "
                                + DAY.format(line.promisedDate())));
    }

    private ProposalView proposal(Proposal proposal) {
        var quote = proposal.quote();
        return new ProposalView(
                proposal.proposalId().value(),
                quote.exchanged().isPresent() ? "Exchange" : proposal.kind(),
                note(quote),
                lines(quote.lines(), expected(quote)),
                quote.forgotten().map(ChatPage::cards).orElse(List.of()),
                offers(quote),
                quote.delivery()
                        .map(delivery -> delivery.collect()
                                .map(store -> quote.exchanged().isPresent()
                                        ? delivery.label() + ", once what goes back was looked at"
                                        : delivery.label() + ", ready by " + DAY.format(delivery.promisedDate())
                                                + ", kept until " + DAY_AND_TIME.format(store.keepUntil()))
                                .orElseGet(() -> delivery.label() + " to "
                                        + delivery.address().city() + ", "
                                        + (quote.exchanged().isPresent()
                                                ? "once what goes back was looked at"
                                                : "by " + DAY.format(delivery.promisedDate()))))
                        .or(() -> quote.store().map(store -> "Kept for you at " + store.name()))
                        .or(() -> quote.returned().map(ChatPage::refundTo))
                        .or(() -> quote.cancelled()
                                .filter(cancelled -> cancelled.deliveryFee().minor() > 0)
                                .map(cancelled -> "Delivery"))
                        .or(() -> quote.moved()
                                .map(moved -> "To " + moved.address().line1() + ", "
                                        + moved.address().city() + ", by " + DAY.format(moved.promisedDate())
                                        + moved.staying()
                                                .map(gone -> "; to the first address, left already: "
                                                        + gone.stream()
                                                                .map(PricedLine::name)
                                                                .collect(Collectors.joining(", ")))
                                                .orElse("")))
                        .orElse(""),
                quote.delivery()
                        .map(Quote.Delivery::fee)
                        .or(() -> quote.cancelled()
                                .map(Quote.Cancelled::deliveryFee)
                                .filter(fee -> fee.minor() > 0))
                        .map(Money::shown)
                        .orElse(""),
                quote.taxIncluded().minor() == 0 ? "" : quote.taxIncluded().shown(),
                quote.total().shown(),
                quote.credit().map(Money::shown).orElse(""),
                quote.due().shown(),
                DAY_AND_TIME.format(proposal.expiresAt()));
    }

    private static String refundTo(Quote.Returned returned) {
        String where = returned.byHand()
                ? "Paid out to you by our staff, as far as you paid in cash"
                : returned.asCredit() ? "Store credit of yours" : "Back the way it was paid";
        return where + ", once it was looked at";
    }

    private static String note(Quote quote) {
        return quote.reservation()
                .map(reservation -> "Instead of your reservation " + reservation.value() + ".")
                .or(() -> quote.returned()
                        .filter(returned -> returned.reason() == ReturnReason.warranty)
                        .map(claim ->
                                "Our staff look at it: what the warranty covers is repaired, replaced or refunded."
                                        + " Wear, and damage after the delivery, is not, and comes back to you."))
                .or(() -> quote.exchanged().map(ChatPage::note))
                .or(() -> quote.cancelled().map(ChatPage::payback))
                .or(() -> quote.forgotten().map(ChatPage::paying))
                .orElse("");
    }

    private static List<String> cards(Quote.Forgotten forgotten) {
        return forgotten.cards().stream()
                .map(card -> card.label()
                        + card.expires().map(end -> " (" + end + ")").orElse(""))
                .toList();
    }

    private static String paying(Quote.Forgotten forgotten) {
        String orders = forgotten.payingFor().stream().map(OrderId::value).collect(Collectors.joining(", "));
        return "Nothing new is paid with it then."
                + (orders.isEmpty() ? "" : " What is being paid with it goes on: " + orders + ".");
    }

    private static String payback(Quote.Cancelled cancelled) {
        return cancelled.unpaid() ? "You pay so much less when you get it." : "It goes back the way it was paid.";
    }

    private static String note(Quote.Exchanged exchanged) {
        String back = exchanged.refund().minor() == 0
                ? ""
                : exchanged.refund().shown() + " goes back then, "
                        + (exchanged.returned().byHand()
                                ? "by our staff as far as you paid in cash"
                                : "the way it was paid")
                        + ". ";
        return back + "Where not all of it can be taken, nothing is exchanged, and what is taken is refunded.";
    }

    /** What is taken off; of a return also what it costs, of an exchange what goes back for it. */
    private static List<Map<String, String>> offers(Quote quote) {
        var offers = new ArrayList<Map<String, String>>();
        quote.offers().forEach(offer -> offers.add(off(offer.title(), offer.amount())));
        boolean goesBack = quote.returned().isPresent() || quote.cancelled().isPresent();
        if (goesBack && quote.discount().minor() > 0) {
            offers.add(off("Their share of the order's discount", quote.discount()));
        }
        quote.returned().ifPresent(returned -> {
            if (returned.fee().minor() > 0) {
                offers.add(off("What the return costs", returned.fee()));
            }
        });
        quote.exchanged().ifPresent(exchanged -> {
            if (quote.discount().minor() > 0) {
                offers.add(off("At the price that you had paid", quote.discount()));
            }
            var fee = exchanged.returned().fee();
            offers.add(off(
                    "You send back "
                            + exchanged.lines().stream()
                                    .map(line -> line.quantity() + " × " + line.name() + ", " + line.size() + ", "
                                            + line.color())
                                    .collect(Collectors.joining("; "))
                            + ", worth " + exchanged.value().shown()
                            + (fee.minor() > 0 ? ", less " + fee.shown() + " for the exchange" : ""),
                    exchanged.credit()));
        });
        return offers;
    }

    private static Map<String, String> off(String title, Money amount) {
        return Map.of("title", title, "amount", amount.shown());
    }

    /** The latest, those that still run first: what waits for the customer is not hidden behind what is done. */
    private List<JourneyCard> journeys(ConversationId conversation) {
        return store.journeys(conversation, "", LOOKED_THROUGH).stream()
                .map(this::journey)
                .sorted(Comparator.comparing(journey -> !journey.live()))
                .limit(MOST_JOURNEYS)
                .toList();
    }

    private JourneyCard journey(JourneyView journey) {
        boolean live = switch (journey.status()) {
            case running, waiting_for_customer, waiting_for_agent, needs_staff -> true;
            case completed, cancelled, failed -> false;
        };
        boolean needsPayment = journey.waitingFor().contains("payment_method");
        boolean needsConfirmation = journey.waitingFor().contains("payment_confirmation");
        Optional<Money> due = stripe.isPresent() && (needsPayment || needsConfirmation)
                ? store.due(journey.journeyId())
                : Optional.empty();
        return new JourneyCard(
                journey.workflowId(),
                journey.journeyId(),
                switch (journey.kind()) {
                    case "Checkout" -> "Order";
                    case "AddressChange" -> "Change of address";
                    case "CardRemoval" -> "Kept cards";
                    default -> journey.kind();
                },
                journey.status().name(),
                words(journey.code()),
                needsPayment,
                needsConfirmation,
                journey.facts().getOrDefault("reason", "").equals("upi_collect"),
                live,
                journey.until()
                        .filter(until -> until.isAfter(clock.instant()))
                        .map(ChatPage::time)
                        .orElse(""),
                due.map(amount -> String.valueOf(amount.minor())).orElse(""),
                due.map(amount -> amount.currency().toLowerCase(Locale.ROOT)).orElse(""));
    }

    private static String time(Instant at) {
        return DAY_AND_TIME.format(at);
    }

    private static String words(String code) {
        String spoken = code.replace('_', ' ');
        return spoken.isEmpty() ? "" : Character.toUpperCase(spoken.charAt(0)) + spoken.substring(1);
    }

    /**
     * One bubble of the log.
     *
     * @param suggestions what the customer could say to it; offered while it is the last thing said
     * @param reviews what it asks the customer to say in stars
     */
    public record Entry(
            String id,
            String who,
            String text,
            String channel,
            List<Card> cards,
            List<String> suggestions,
            List<ReviewView> reviews,
            Instant at) {}

    /** A piece of an order, and what its customer thinks of it. @param rating 0 while they have not said */
    public record ReviewView(String orderId, String sku, String name, String what, int rating, String words) {
        static ReviewView of(AskedLine asked) {
            return new ReviewView(
                    asked.orderId().value(),
                    asked.line().sku().value(),
                    asked.line().name(),
                    asked.line().color() + ", " + asked.line().size(),
                    asked.review().map(Review::rating).orElse(0),
                    asked.review().flatMap(Review::words).orElse(""));
        }
    }

    /** @param arrives from which day, where it is not in the shop and can be ordered ahead; else empty */
    public record Card(
            String productId,
            String name,
            String category,
            String price,
            String sizes,
            String colors,
            String color,
            String reason,
            String rating,
            String arrives) {}

    /** @param expected when it comes, where it is not in the shop yet; else empty */
    public record LineView(
            String productId, String name, String size, String color, int quantity, String amount, String expected) {}

    public record ProposalView(
            String id,
            String kind,
            String instead,
            List<LineView> lines,
            List<String> cards,
            List<Map<String, String>> offers,
            String delivery,
            String fee,
            String tax,
            String total,
            String credit,
            String due,
            String expires) {}

    /** A card that the customer had kept. */
    public record MethodView(String token, String label) {
        static MethodView of(KeptMethod method) {
            return new MethodView(
                    method.token().value(),
                    method.label()
                            + method.expires().map(end -> " (" + end + ")").orElse(""));
        }
    }

    public record JourneyCard(
            String workflowId,
            String journeyId,
            String kind,
            String status,
            String code,
            boolean needsPayment,
            boolean needsConfirmation,
            boolean upi,
            boolean live,
            String until,
            String dueMinor,
            String currency) {}
}
