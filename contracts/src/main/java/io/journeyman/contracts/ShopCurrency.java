package io.journeyman.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one currency of a shop, and the place whose people read its amounts. A process works for one shop, and is told its currency from
 * outside once, as it is told its time zone: by JOURNEYMAN_CURRENCY (ISO 4217; INR) and JOURNEYMAN_LOCALE (a language tag; en-IN), as
 * environment variables, or as system properties of the same names, which win.
 */
public record ShopCurrency(Currency currency, Locale locale) {
    public static final String CURRENCY = "JOURNEYMAN_CURRENCY";
    public static final String LOCALE = "JOURNEYMAN_LOCALE";

    private static final String RUPEE = "INR";
    private static final BigDecimal LARGEST_SAID = BigDecimal.valueOf(1_000_000_000_000L);

    /** Signs that people type wherever they are; elsewhere the JDK has the letters in their place. */
    private static final Map<String, String> SIGNS =
            Map.of("INR", "₹", "EUR", "€", "GBP", "£", "JPY", "¥", "USD", "$", "KRW", "₩", "TRY", "₺", "ILS", "₪");

    public ShopCurrency {
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException(currency + " is nothing to pay with");
        }
    }

    /**
     * The one of this process.
     *
     * @throws ExceptionInInitializerError when its variables are wrong; whoever starts a process reads them by {@link #of} before
     */
    public static ShopCurrency here() {
        return Here.SAID;
    }

    /** @throws IllegalArgumentException naming every mistake */
    public static ShopCurrency of(Map<String, String> variables) {
        List<String> mistakes = new ArrayList<>();
        String code = said(variables, CURRENCY, RUPEE);
        String tag = said(variables, LOCALE, "en-IN");
        if (!isCurrency(code)) {
            mistakes.add(CURRENCY + " must be a currency of ISO 4217 such as INR or EUR");
        }
        if (!isKnown(tag)) {
            mistakes.add(LOCALE + " must be a language with its country, such as en-IN or de-DE");
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return new ShopCurrency(Currency.getInstance(code), Locale.forLanguageTag(tag));
    }

    /** Whether one can pay with it (ISO 4217): not every three letters name a currency. */
    public static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    public String code() {
        return currency.getCurrencyCode();
    }

    /** Whether it is the rupee: tariffs, taxes and words of India come with it. */
    public boolean isRupee() {
        return code().equals(RUPEE);
    }

    public Money zero() {
        return minor(0);
    }

    /** So many of its smallest units: cents, paise; yen, which have no smaller ones. */
    public Money minor(long minor) {
        return new Money(minor, code());
    }

    /** So many whole ones: euros, rupees, yen. @throws ArithmeticException when there are no such amounts */
    public Money whole(long amount) {
        return minor(Math.multiplyExact(amount, unit()));
    }

    /** How many smallest units make a whole one: 1, 100, 1000. */
    public long unit() {
        return unit(currency);
    }

    /** The same of another currency (ISO 4217). */
    public static long unitOf(String code) {
        return unit(Currency.getInstance(code));
    }

    private static long unit(Currency currency) {
        return BigDecimal.ONE
                .movePointRight(currency.getDefaultFractionDigits())
                .longValueExact();
    }

    /** @throws ArithmeticException when it has more decimals than the currency */
    public Money decimal(BigDecimal amount) {
        return minor(amount.movePointRight(currency.getDefaultFractionDigits()).longValueExact());
    }

    /** What is nearest to it, for an amount that somebody only says: half a yen is one, and nothing is more than a million millions. */
    public Money nearest(BigDecimal amount) {
        return decimal(amount.min(LARGEST_SAID).setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP));
    }

    /** In whole ones: a smaller number is rather a size, an age or a number of pieces, unless it is said to be money. */
    public long smallestBudget() {
        return isRupee() || unit() == 1 ? 100 : 10;
    }

    public boolean isOf(Money amount) {
        return amount.currency().equals(code());
    }

    /** As people there write it: {@code ₹1,23,456.05}, {@code 19,99 €}; without decimals where it is a whole number: {@code ₹1,499}. */
    String shown(Money amount) {
        Currency its = Currency.getInstance(amount.currency());
        BigDecimal value = BigDecimal.valueOf(amount.minor(), Math.max(0, its.getDefaultFractionDigits()));
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(its);
        format.setMinimumFractionDigits(whole ? 0 : value.scale());
        format.setMaximumFractionDigits(whole ? 0 : value.scale());
        if (!isIndias()) {
            return format.format(value);
        }
        // lakhs and crores: the JDK knows groups of one size only
        format.setGroupingUsed(false);
        return format.format(value).replaceAll("(?<=\\d)(?=(\\d\\d)+\\d(\\D|$))", ",");
    }

    /** As it is said aloud, without signs: {@code 1299 rupees}, {@code 19.99 Euro}. */
    public String spoken(Money amount) {
        Currency its = Currency.getInstance(amount.currency());
        BigDecimal value = BigDecimal.valueOf(amount.minor(), Math.max(0, its.getDefaultFractionDigits()));
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        return (whole ? value.setScale(0) : value).toPlainString() + " "
                + (amount.currency().equals(RUPEE) ? "rupees" : its.getDisplayName(Locale.ENGLISH));
    }

    /** The text with its numbers as programs write them: of {@code 1.299,50 €} in de-DE comes {@code 1299.50 €}. */
    public String plainNumbers(String text) {
        if (text.chars().noneMatch(Character::isDigit)) {
            return text;
        }
        DecimalFormatSymbols signs = DecimalFormatSymbols.getInstance(locale);
        String group = Pattern.quote(String.valueOf(signs.getGroupingSeparator()));
        String decimal = Pattern.quote(String.valueOf(signs.getMonetaryDecimalSeparator()));
        String lakhs = isIndias() ? "(?:" + group + "\\d{2,3})*" : "";
        return Pattern.compile("(?<![\\d.,])(\\d{1,3}" + lakhs + "(?:" + group + "\\d{3})+|\\d+)(?:" + decimal
                        + "(\\d{1,3}))?(?![.,]?\\d)")
                .matcher(text)
                .replaceAll(number ->
                        number.group(1).replaceAll("\\D", "") + (number.group(2) == null ? "" : "." + number.group(2)));
    }

    /** Finds, in small letters, what people type right before or after an amount: {@code €}, {@code ₹}, {@code kwd}; letters only as a word. */
    public Pattern signs() {
        return Pattern.compile(Stream.of(sign(), symbol())
                .map(sign -> "(?<!\\p{L})" + Pattern.quote(sign) + "(?!\\p{L})")
                .collect(Collectors.joining("|")));
    }

    private String sign() {
        return SIGNS.getOrDefault(code(), code().toLowerCase(Locale.ROOT));
    }

    private String symbol() {
        return currency.getSymbol(locale).toLowerCase(locale);
    }

    /** What people write or say beside an amount, in small letters: {@code €}, {@code eur}, {@code euro}, {@code euros}. */
    public Set<String> words() {
        Set<String> words = new LinkedHashSet<>();
        words.add(symbol());
        words.add(sign());
        words.add(code().toLowerCase(Locale.ROOT));
        for (Locale language : List.of(Locale.ENGLISH, locale)) {
            String name = currency.getDisplayName(language).toLowerCase(language);
            String last = name.substring(name.lastIndexOf(' ') + 1);
            words.add(last);
            words.add(last + "s");
        }
        return Set.copyOf(words);
    }

    private boolean isIndias() {
        return locale.getCountry().equals("IN");
    }

    private static String said(Map<String, String> variables, String name, String otherwise) {
        String value = variables.getOrDefault(name, "");
        return value.isBlank() ? otherwise : value.strip();
    }

    private static boolean isKnown(String tag) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            return !locale.getCountry().isEmpty()
                    && List.of(NumberFormat.getAvailableLocales()).contains(locale);
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    private static final class Here {
        static final ShopCurrency SAID = of(Map.of(CURRENCY, outside(CURRENCY), LOCALE, outside(LOCALE)));

        private static String outside(String name) {
            return System.getProperty(name, System.getenv().getOrDefault(name, ""));
        }
    }
}
