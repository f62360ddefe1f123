package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A price as feeds write it: {@code 1499.00 INR}, or {@code 1499} where the currency is the shop's. */
final class FeedPrice {
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Z]{3})\\s?)?(\\d{1,12}(?:\\.\\d{1,4})?)(?:\\s?([A-Z]{3}))?");

    private FeedPrice() {}

    static JsonNode of(String field, String text, String shopCurrency) throws BadField {
        return Json.mapper().valueToTree(money(field, text, shopCurrency));
    }

    static Money money(String field, String text, String shopCurrency) throws BadField {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches() || (form.group(1) != null && form.group(3) != null)) {
            throw new BadField(field, "is no price such as 1499.00 " + shopCurrency);
        }
        String currency = form.group(1) != null ? form.group(1) : form.group(3) != null ? form.group(3) : shopCurrency;
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            if (!currency.equals(shopCurrency)) {
                throw new BadField(field, "is in " + currency + ", and the shop's prices are in " + shopCurrency);
            }
            return new Money(
                    new BigDecimal(form.group(2))
                            .movePointRight(Math.max(0, digits))
                            .longValueExact(),
                    currency);
        } catch (ArithmeticException e) {
            throw new BadField(field, "has more decimals than " + currency + " has");
        } catch (IllegalArgumentException e) {
            throw new BadField(field, currency + " is no currency (ISO 4217)");
        }
    }
}
