package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Step.Call;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Loyalty.Offer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.StoreCredit;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Offers, points and coupons; and what costs less when something costs too much. */
final class Saving {
    private static final int MOST_OFFERS = 6;
    private static final int MOST_DATES = 3;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ShopTime.ZONE);

    private final Scene scene;

    Saving(Scene scene) {
        this.scene = scene;
    }

    private Arguments question() {
        return new Arguments()
                .with("coupon", scene.wish().coupon())
                .withIf(scene.wish().does(Act.points) && !asksForPoints(), "usePoints");
    }

    /** "How many points do I have?" is no wish to spend them. */
    private boolean asksForPoints() {
        List<String> words = Interpreter.words(scene.wish().text());
        return words.contains("many") || words.contains("how") || words.contains("what");
    }

    String offers() {
        Done answer = scene.call("get_applicable_offers", question());
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        Offers offers = answer.as(Offers.class);
        return told(offers) + (offers.applied().isEmpty() ? Question.WHAT.words() : Question.CHECKOUT.words());
    }

    /** What there is of store credit. */
    String credit() {
        if (!scene.signedIn()) {
            return "Please sign in first, and I look whether you have store credit.";
        }
        Done answer = scene.call("get_store_credit", new Arguments());
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        StoreCredit credit = answer.as(StoreCredit.class);
        Money spendable = credit.spendable();
        if (spendable.minor() == 0) {
            return "You have no store credit. " + Question.WHAT.words();
        }
        return "You have " + scene.phrases().money(spendable) + " of store credit" + ending(credit) + ". "
                + (scene.wish().paysWithCredit()
                        ? "It pays as far as it goes. "
                        : "Say so when you want to pay with it. ")
                + Question.CHECKOUT.words();
    }

    /** Until when what of it can be used: the next dates. One that ends at midnight ends with the day before. */
    private String ending(StoreCredit credit) {
        return credit.expiring().stream()
                .limit(MOST_DATES)
                .map(part -> ", " + scene.phrases().money(part.amount()) + " of it until "
                        + DATE.format(part.at().minusMillis(1)))
                .collect(Collectors.joining());
    }

    private String told(Offers offers) {
        StringBuilder text = new StringBuilder();
        offers.couponProblem().ifPresent(problem -> text.append(problem).append(' '));
        if (scene.signedIn()) {
            text.append("You are a ")
                    .append(offers.tier().toLowerCase(Locale.ROOT))
                    .append(" member with ")
                    .append(offers.points())
                    .append(" points. ");
        }
        if (!offers.applied().isEmpty()) {
            text.append("On your cart you save ")
                    .append(scene.phrases().money(offers.discount()))
                    .append(": ")
                    .append(Phrases.and(offers.applied().stream()
                            .map(offer -> offer.title() + " (" + scene.phrases().money(offer.amount()) + ")")
                            .toList()))
                    .append(". ");
        }
        List<String> others = offers.available().stream()
                .filter(offer ->
                        offers.applied().stream().noneMatch(a -> a.offerId().equals(offer.offerId())))
                .map(offer -> offer.title() + terms(offer))
                .limit(scene.phrases().page() ? MOST_OFFERS : 2)
                .toList();
        if (!others.isEmpty()) {
            text.append(offers.applied().isEmpty() ? "You can use: " : "You could also use: ")
                    .append(String.join("; ", others))
                    .append(". ");
        }
        return others.isEmpty() && offers.applied().isEmpty()
                ? text + "There is no offer for you just now. "
                : text.toString();
    }

    private String terms(Offer offer) {
        return offer.terms().isEmpty() || !scene.phrases().page()
                ? ""
                : " (" + offer.terms().replaceAll("\\.$", "") + ")";
    }

    /** "Too expensive": what the customer saves on it, and what is like it and costs less; asked at once. */
    String tooExpensive(Optional<Product> product) {
        if (product.isEmpty()) {
            return "I understand. " + cheaper(product);
        }
        Arguments less = cheaperThan(product.get());
        scene.callTogether(List.of(
                new Call("get_applicable_offers", new Arguments().node()),
                new Call("get_recommendations", less.node())));
        Done offers = scene.call("get_applicable_offers", new Arguments());
        List<Product> cheaper = new Shelves(scene).products(scene.call("get_recommendations", less));
        String save = offers.problem() || offers.as(Offers.class).applied().isEmpty()
                ? ""
                : "On your cart you would save "
                        + scene.phrases().money(offers.as(Offers.class).discount()) + ". ";
        return "I understand, " + scene.phrases().money(product.get().price()) + " is a good deal of money. " + save
                + listed(cheaper, "I found nothing similar for less. ");
    }

    String cheaper(Optional<Product> product) {
        Optional<Product> than = product.or(() -> scene.memory().listed().stream()
                .min(Comparator.comparingLong(listed -> listed.price().minor())));
        if (than.isEmpty()) {
            return Question.BUDGET.words();
        }
        Done found = scene.call("get_recommendations", cheaperThan(than.get()));
        return found.problem()
                ? scene.trouble(found)
                : listed(
                        new Shelves(scene).products(found),
                        "For less than " + scene.phrases().money(than.get().price()) + " I found nothing similar. ");
    }

    private Arguments cheaperThan(Product product) {
        Facets wanted = scene.wanted();
        long most = Math.min(
                product.price().minor() - 1, scene.wish().facets().most().orElse(Long.MAX_VALUE));
        return new Arguments()
                .with("likeProductId", product.id())
                .with("purpose", "alternatives")
                .with("size", product.sizeOf(wanted))
                .withNumber("maxPriceMinor", Optional.of(Math.max(0, most)))
                .with("limit", scene.phrases().mostProducts());
    }

    private String listed(List<Product> products, String none) {
        return products.isEmpty()
                ? none + Question.WHAT.words()
                : "These are similar and cost less" + new Shelves(scene).listed(products, product -> "")
                        + Question.WHICH_ONE.words();
    }

    /** The seed's example agent answers plain rupees, or whatever the shop counts in. */
    String wrapping(Optional<Product> product) {
        if (!scene.can("check_gift_wrapping")) {
            return "I cannot arrange gift wrapping here, I am sorry. " + Question.WHAT.words();
        }
        if (product.isEmpty()) {
            return "Gladly, once I know the present. " + Question.WHAT.words();
        }
        Done answer = scene.call(
                "check_gift_wrapping",
                new Arguments().with("productId", product.get().id()));
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        if (!answer.result().path("available").asBoolean()) {
            return "The " + product.get().name() + " cannot be gift wrapped, I am sorry. " + Question.ADD.words();
        }
        List<String> options = new ArrayList<>();
        answer.result()
                .path("options")
                .forEach(option -> options.add(option.path("type").asText() + " for "
                        + scene.phrases()
                                .money(ShopCurrency.here()
                                        .whole(option.path("price").asLong()))));
        return "Yes, the " + product.get().name() + " can be gift wrapped: " + Phrases.or(options)
                + ". I can only tell you about it: the wrapping itself is not part of an order here yet.";
    }
}
