package io.journeyman.activities.model;

import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import io.journeyman.contracts.ShopTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the model is told before the transcript: the shop's manners ({@code sales-prompt.txt}), then what holds in this turn. */
final class SalesPrompt {
    private static final String MANNERS = read();
    private static final String EXAMPLE =
            ShopCurrency.here().whole(1_299).minor() + " " + ShopCurrency.here().code() + " is "
                    + ShopCurrency.here().whole(1_299).shown();
    private static final String SHOP = ShopPlace.here().isIndia()
            ? "an Indian fashion shop"
            : "a shop in " + ShopPlace.here().name();
    private static final String SPOKEN =
            ShopCurrency.here().spoken(ShopCurrency.here().whole(1_299));
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

    private SalesPrompt() {}

    static String of(ModelQuestion question) {
        return MANNERS.replace("{amount}", EXAMPLE).replace("{shop}", SHOP)
                + "\n# This turn\n"
                + "Today is "
                + DAY.format(question.now().atZone(ShopTime.ZONE))
                + ".\n"
                + "Channel: "
                + question.channel()
                + ". "
                + shape(question.channel())
                + "\n"
                + (question.signedIn()
                        ? "The customer is signed in."
                        : "The customer is a guest: they can look around and fill a cart; to order, reserve or see their orders"
                                + " they sign in first.")
                + "\n";
    }

    private static String shape(String channel) {
        return switch (channel) {
            case "whatsapp", "sms" -> "Keep it short: at most three sentences of plain text, no headings, no tables.";
            case "email" ->
                "Your reply is an e-mail: plain text, no headings, no tables; name each product with its price, since there are no cards.";
            case "voice", "kiosk" ->
                "Your words are spoken aloud: short sentences, no symbols, no lists; say amounts in words such as "
                        + SPOKEN + "; name at most three products.";
            default ->
                "The page shows a card with picture and price for each product of your last get_recommendations, and the"
                        + " proposal with its confirm button: refer to them instead of repeating all their data.";
        };
    }

    private static String read() {
        try (InputStream prompt = SalesPrompt.class.getResourceAsStream("sales-prompt.txt")) {
            if (prompt == null) {
                throw new IllegalStateException("sales-prompt.txt is not on the classpath beside SalesPrompt");
            }
            return new String(prompt.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
