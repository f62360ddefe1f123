package io.journeyman.activities.model.offline;

import io.journeyman.contracts.Inventory.VariantStock;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Words that depend on the channel: how amounts, dates and lists are written or spoken. */
final class Phrases {
    /** Said once in a conversation; {@link OfflineModel} looks for it. */
    static final String INTRODUCTION = "I am the shop's offline model, so plain sentences suit me best.";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_MONTH = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
    private static final List<String> PLACES = List.of("First", "Second", "Third", "Fourth");

    private enum Shape {
        page,
        brief,
        spoken
    }

    private final Shape shape;

    Phrases(String channel) {
        this.shape = switch (channel) {
            case "whatsapp", "sms", "email" -> Shape.brief;
            case "voice", "kiosk" -> Shape.spoken;
            default -> Shape.page;
        };
    }

    boolean page() {
        return shape == Shape.page;
    }

    /** Only a page has buttons. */
    Question confirm() {
        return shape == Shape.page ? Question.CONFIRM : Question.CONFIRM_IN_WORDS;
    }

    int mostProducts() {
        return shape == Shape.page ? 4 : 3;
    }

    String money(Money amount) {
        return shape == Shape.spoken ? ShopCurrency.here().spoken(amount) : amount.shown();
    }

    String day(LocalDate day) {
        return DAY.format(day);
    }

    /** Of what is not in the shop yet. */
    String ahead(LocalDate from) {
        return "can be ordered ahead, arrives from " + DAY_OF_MONTH.format(from);
    }

    /** As it is in the shop. */
    String day(Instant at) {
        return day(ShopTime.dayOf(at));
    }

    /** Products one after another, so that they can be pointed at by their place. */
    String listed(List<Product> products, Function<Product, String> note) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            Product product = products.get(i);
            String what = product.name()
                    + (shape == Shape.spoken ? " for " : ", ")
                    + money(product.price())
                    + (product.rating().isEmpty() ? "" : ", rated " + product.rating())
                    + product.arrives().map(from -> " (" + ahead(from) + ")").orElse("")
                    + note.apply(product);
            lines.add(
                    switch (shape) {
                        case page -> (i + 1) + ". " + what;
                        case brief -> (i + 1) + ") " + what;
                        case spoken -> PLACES.get(i) + ", " + what + ".";
                    });
        }
        return switch (shape) {
            case page -> "\n" + String.join("\n", lines) + "\n";
            case brief -> " " + String.join("; ", lines) + ". ";
            case spoken -> " " + String.join(" ", lines) + " ";
        };
    }

    /** a; a and b; a, b and c */
    static String and(List<String> words) {
        return joined(words, " and ");
    }

    static String or(List<String> words) {
        return joined(words, " or ");
    }

    private static String joined(List<String> words, String last) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + last + words.getLast();
    }

    /** in XXL, blue; in red where there is one size only */
    static String in(String size, String colour) {
        return size.equals("ONE") ? "in " + colour : "in " + size + ", " + colour;
    }

    static String in(VariantStock variant) {
        return in(variant.size(), variant.color());
    }

    String line(PricedLine line) {
        return line.quantity() + " × " + line.name() + " " + in(line.size(), line.color()) + ", "
                + money(line.amount());
    }

    String lines(List<PricedLine> lines) {
        List<String> each = lines.stream().map(this::line).toList();
        return shape == Shape.page ? "\n- " + String.join("\n- ", each) + "\n" : " " + String.join("; ", each) + ". ";
    }

    static String pieces(int count) {
        return count == 1 ? "1 piece" : count + " pieces";
    }

    String trouble(String tool, String code) {
        String part = switch (tool) {
            case "get_recommendations" -> "catalogue";
            case "check_inventory" -> "stock list";
            case "get_applicable_offers" -> "offers desk";
            case "get_order_status",
                    "track_parcels",
                    "cancel_items",
                    "change_address",
                    "get_warranty",
                    "claim_warranty" -> "order desk";
            case "reserve_in_store" -> "reservation desk";
            case "initiate_checkout" -> "checkout";
            case "return_items", "exchange_items" -> "returns desk";
            case "check_gift_wrapping" -> "gift wrapping desk";
            case "get_saved_cards", "forget_cards" -> "payment desk";
            default -> "cart";
        };
        return switch (code) {
            case "sign_in_needed" ->
                "For that I need to know who you are: please sign in, and your cart and this chat go on where they are.";
            case "signed_in_meanwhile" ->
                "You have just signed in, and your cart came along. Please say that once more.";
            case "cart_full" -> "That is more than a cart takes. Shall we order what is in it first?";
            case "not_offered" -> "That is something I cannot do here.";
            default ->
                "I am sorry, our " + part
                        + " does not answer just now. Please try it again in a few minutes; with everything else I can help meanwhile.";
        };
    }
}
