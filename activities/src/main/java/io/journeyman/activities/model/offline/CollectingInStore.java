package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.ShopTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is bought now and collected in a store: whether that is meant, rather than a reservation, and in which store. */
final class CollectingInStore {
    private static final int LONGEST_STORE = 120;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);
    private static final Set<String> ASKING = Set.of("when", "where", "how", "until");

    private final Scene scene;
    private final Wish wish;

    CollectingInStore(Scene scene) {
        this.scene = scene;
        this.wish = scene.wish();
    }

    /** Whether the checkout that is made now is one to be collected. */
    boolean isWished() {
        return wish.collects()
                || (scene.memory().collectionInTalk().isPresent()
                        && !wish.does(Act.standard, Act.express, Act.delivery, Act.address));
    }

    /** Whether the sentence begins such a checkout: of what is in the cart, or was just proposed. "When can I collect it?" does not. */
    boolean begins() {
        if (!wish.collects()
                || wish.does(Act.cancel, Act.returns, Act.no)
                || Interpreter.words(wish.text()).stream().anyMatch(ASKING::contains)) {
            return false;
        }
        return wish.does(Act.checkout, Act.buy)
                || scene.memory().justProposed("initiate_checkout")
                || scene.memory().wasAsked(Question.CHECKOUT)
                || scene.memory().wasAsked(Question.ADDRESS)
                || hasACart();
    }

    /** Whether it says in which store, where that was asked. */
    boolean goesOn() {
        boolean other = wish.does(
                Act.want,
                Act.cart,
                Act.offers,
                Act.reserve,
                Act.add,
                Act.orders,
                Act.returns,
                Act.cancel,
                Act.think,
                Act.thanks,
                Act.bye,
                Act.no);
        return scene.memory().wasAsked(Question.COLLECT_AT) && !other;
    }

    /** Whether what was to be collected shall be sent after all, to where the customer's parcels go. */
    boolean isSentInstead() {
        return scene.memory().collectionInTalk().isPresent()
                && !wish.collects()
                && !AddressReader.looksLikeOne(wish.text())
                && wish.does(Act.standard, Act.express, Act.delivery)
                && wish.orderId().isEmpty();
    }

    /** As the customer calls it; empty: the nearest. */
    Optional<String> store() {
        Optional<String> said = wish.store().or(wish::city).or(this::strangeWords);
        return said.or(() -> wish.collects()
                        ? Optional.empty()
                        : scene.memory()
                                .collectionInTalk()
                                .map(arguments -> arguments.path("store").asText())
                                .filter(name -> !name.isEmpty()))
                .map(name -> name.length() > LONGEST_STORE ? name.substring(0, LONGEST_STORE) : name);
    }

    /** "In Koramangala", where the vocabulary knows no such place. */
    private Optional<String> strangeWords() {
        return wish.unknown().isEmpty() ? Optional.empty() : Optional.of(String.join(" ", wish.unknown()));
    }

    private boolean hasACart() {
        Done cart = scene.call("show_cart", new Arguments());
        return !cart.problem() && !Memory.lines(cart).isEmpty();
    }

    /** Of a proposal: where, by when it is ready, and until when it is kept. */
    static String told(JsonNode delivery, Phrases phrases) {
        ZonedDateTime until = Instant.parse(delivery.path("keptUntil").asText()).atZone(ShopTime.ZONE);
        return "You collect it at the " + delivery.path("collectedAt").asText() + ", "
                + delivery.path("city").asText() + ", for nothing: ready by "
                + phrases.day(LocalDate.parse(delivery.path("promisedDate").asText())) + ", kept for you until "
                + phrases.day(until.toLocalDate()) + ", " + TIME.format(until).toLowerCase(Locale.ROOT) + ". ";
    }
}
