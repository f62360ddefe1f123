package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Vocabulary.Found;
import io.journeyman.contracts.Figures;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one sentence. It knows words, and what was asked just before; never the shop's products. */
final class Interpreter {
    private static final Pattern JOURNEY_ID = Pattern.compile("\\b(JM|RS)-[0-9A-Z]{4,20}\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern COUPON = Pattern.compile("\\b([A-Za-z]{4,20}[0-9]{1,4})\\b");
    private static final Pattern SAID_COUPON =
            Pattern.compile("\\b(?:coupon|promo|voucher)(?: code)? ([A-Za-z0-9]{4,20})\\b", Pattern.CASE_INSENSITIVE);
    private static final Set<String> BEFORE_SIZE =
            Set.of("size", "in", "a", "an", "is", "wear", "take", "want", "need", "or", "have", "the", "uk", "only");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the", "this", "that", "my");
    private static final Set<String> MOST = Set.of(
            "under", "below", "upto", "max", "maximum", "within", "budget", "around", "about", "than", "most", "till");
    private static final Set<String> MOST_AFTER = Set.of("tak", "kam", "max");
    private static final Set<String> LEAST = Set.of("above", "over", "minimum", "min", "least");
    private static final Set<String> PIECES = Set.of("piece", "pieces", "pcs", "pc", "nos", "units", "of");
    private static final int MOST_WORDS = 200;
    /** Smaller numbers are prices only beside the currency's name, or a word that only budgets have. */
    private static final BigDecimal SMALLEST_PRICE = BigDecimal.valueOf(100);

    private static final BigDecimal SMALLEST_BUDGET =
            BigDecimal.valueOf(ShopCurrency.here().smallestBudget());
    private static final Set<String> BOUNDS = Set.of("under", "below", "upto", "within", "above", "over");
    private static final Set<String> AGES = Set.of("year", "years", "yrs", "month", "months");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,7}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,7}\\.\\d{1,3}");

    private static final String SIGN = "rs";
    private static final Pattern SIGNS = ShopCurrency.here().signs();
    private static final Pattern GROUPED = Pattern.compile("(\\d),(?=\\d{2,3})");
    private static final Pattern AFTER_SIGN = Pattern.compile("\\b" + SIGN + "\\.?(\\d)");
    private static final Pattern IN_ZEROS = Pattern.compile("\\b(\\d{1,7}(?:\\.\\d{1,3})?)\\s*(" + Figures.ZEROS + ")");
    private static final Pattern FULL_STOP = Pattern.compile("(?<!\\d)\\.|\\.(?!\\d)");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}.]+");
    private static final Set<String> MONEY = Stream.concat(Stream.of(SIGN), ShopCurrency.here().words().stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final int LARGEST_SHOE = 13;

    private final String text;
    private final Sayings sayings;
    private final List<String> words;
    private final Set<String> names;
    private final Optional<Question> asked;

    private final Set<Act> acts = EnumSet.noneOf(Act.class);
    private final List<String> style = new ArrayList<>();
    private final List<String> nameWords = new ArrayList<>();
    private final List<String> content = new ArrayList<>();
    private final List<String> typed = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<Long> prices = new ArrayList<>();
    private Optional<String> category = Optional.empty();
    private Optional<String> audience = Optional.empty();
    private Optional<String> occasion = Optional.empty();
    private Optional<String> colour = Optional.empty();
    private Optional<String> size = Optional.empty();
    private Optional<String> shoeSize = Optional.empty();
    private Optional<String> city = Optional.empty();
    private Optional<Integer> ordinal = Optional.empty();
    private Optional<Integer> quantity = Optional.empty();
    private int describedUpTo = -1;
    private boolean most;
    private boolean least;
    private boolean definite;

    /** Whether the sentence says where to deliver: its numbers are a house's and a pincode. */
    private final boolean inAddress;

    private Interpreter(String text, Optional<Question> asked, Set<String> names) {
        this.text = text;
        this.asked = asked;
        this.names = names;
        this.inAddress = AddressReader.looksLikeOne(text)
                && (AddressReader.read(text).address().isPresent()
                        || AddressReader.read(Redirecting.whereTo(text))
                                .address()
                                .isPresent());
        this.sayings = inAddress ? Sayings.none(text) : Sayings.of(text);
        this.words = words(sayings.rest()).stream().limit(MOST_WORDS).toList();
    }

    /** @param names words of the names of products that were shown: they are not typing mistakes */
    static Wish read(String text, Optional<Question> asked, Set<String> names) {
        return new Interpreter(text, asked, names).wish();
    }

    static List<String> words(String text) {
        String plain = ShopCurrency.here()
                .plainNumbers(text)
                .toLowerCase(Locale.ROOT)
                .replace("'", "")
                .replace("’", "");
        plain = SIGNS.matcher(plain).replaceAll(" " + SIGN + " ");
        plain = GROUPED.matcher(plain).replaceAll("$1");
        plain = AFTER_SIGN.matcher(plain).replaceAll(SIGN + " $1");
        plain = IN_ZEROS.matcher(plain)
                .replaceAll(sum -> Figures.times(new BigDecimal(sum.group(1)), sum.group(2))
                        .stripTrailingZeros()
                        .toPlainString());
        return BETWEEN_WORDS
                .splitAsStream(FULL_STOP.matcher(plain).replaceAll(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private Wish wish() {
        for (int at = 0; at < words.size(); ) {
            at += take(at);
        }
        nameWords.addAll(sayings.numbers());
        content.addAll(sayings.numbers());
        typed.addAll(sayings.numbers());
        Facets facets = new Facets(
                category, audience, occasion, colour, size, shoeSize, least(), most(), style, sayings.unwanted());
        return new Wish(
                text,
                acts,
                facets,
                nameWords,
                content,
                typed,
                unknown,
                sayings.numbers(),
                sayings.store(),
                sayings.inStock(),
                sayings.name().isPresent(),
                definite,
                ordinal,
                quantity,
                city,
                coupon(),
                journeyId("JM"),
                journeyId("RS"));
    }

    /** Understands what stands at {@code at}; answers how many words it took. */
    private int take(int at) {
        int described = content.size();
        int taken = read(at);
        if (content.size() > described) {
            typed.addAll(words.subList(at, at + taken));
            describedUpTo = at + taken;
        }
        return taken;
    }

    private int read(int at) {
        String word = words.get(at);
        if (word.chars().allMatch(Character::isDigit)) {
            number(word, at);
            return 1;
        }
        if (DECIMAL.matcher(word).matches()) {
            decimal(word, at);
            return 1;
        }
        if (isMaxOfAName(at)) {
            describes(word, at, false);
            return 1;
        }
        if (isLetterSize(word, at)) {
            size = Optional.of(word.toUpperCase(Locale.ROOT));
            return 1;
        }
        Optional<Found> found = Vocabulary.INSTANCE.phraseAt(words, at);
        if (found.isEmpty() && !names.contains(word)) {
            found = Vocabulary.INSTANCE
                    .corrected(word, names)
                    .map(meant -> Vocabulary.INSTANCE
                            .phraseAt(List.of(meant), 0)
                            .orElseGet(() -> new Found(new Vocabulary.Meaning("name", ""), 1, meant)));
        }
        if (found.isEmpty()) {
            describes(word, at, word.length() > 2);
            return 1;
        }
        understood(found.get(), at);
        return found.get().words();
    }

    private void understood(Found found, int at) {
        String value = found.meaning().value();
        switch (found.meaning().kind()) {
            case "category" -> {
                // the stole of "a kurta set with a stole" comes along; the set is looked for
                if (category.isEmpty() || !comesAlong(at)) {
                    category = Optional.of(value);
                }
                content.add(found.text());
                definite |= isDefinite(at);
            }
            case "colour" -> {
                colour = Optional.of(value);
                content.add(found.text());
            }
            case "occasion" -> {
                occasion = Optional.of(value);
                content.add(found.text());
            }
            case "style" -> {
                style.add(found.text());
                describes(found.text(), at, false);
            }
            case "name" -> describes(found.text(), at, false);
            case "size" -> size = Optional.of(value);
            case "audience" -> audience = Optional.of(value);
            case "city" -> city = Optional.of(value);
            case "ordinal" -> ordinal = Optional.of(Integer.parseInt(value));
            case "number" -> quantity = Optional.of(Integer.parseInt(value));
            case "act" -> acts.add(Act.valueOf(value));
            default -> {
                // an ordinary word: only prices ask what stood before them
            }
        }
    }

    private void describes(String word, int at, boolean stranger) {
        nameWords.addAll(words(word));
        content.addAll(words(word));
        definite |= isDefinite(at);
        if (stranger) {
            unknown.add(word);
        }
    }

    private boolean isDefinite(int at) {
        for (int before = at - 1; before >= Math.max(0, at - 4); before--) {
            if (words.get(before).equals("the")) {
                return true;
            }
        }
        return false;
    }

    private boolean comesAlong(int at) {
        int before = at > 1 && ARTICLES.contains(words.get(at - 1)) ? at - 2 : at - 1;
        return before >= 0 && words.get(before).equals("with");
    }

    private boolean isLetterSize(String word, int at) {
        if (!word.equals("m") && !word.equals("s") && !word.equals("l")) {
            return false;
        }
        boolean alone = words.size() <= 2;
        boolean capital = text.contains(word.toUpperCase(Locale.ROOT));
        return alone || (at > 0 && BEFORE_SIZE.contains(words.get(at - 1))) || capital;
    }

    private void number(String digits, int at) {
        if (digits.length() > 7 || isPincode(digits)) {
            return;
        }
        long number = Long.parseLong(digits);
        String before = at == 0 ? "" : words.get(at - 1);
        if (names.contains(digits) && endsAName(at)) {
            describes(digits, at, false);
        } else if (isMoney(BigDecimal.valueOf(number), at)) {
            price(BigDecimal.valueOf(number), at);
        } else if (isShoeSize(number, before)) {
            shoeSize = Optional.of(digits);
        } else if (before.equals("number") || before.equals("no") || before.equals("option")) {
            ordinal = Optional.of((int) number);
            acts.remove(Act.no);
        } else if (words.size() == 1
                && asked.filter(q -> q == Question.WHICH_ONE || q == Question.GO_WITH)
                        .isPresent()) {
            ordinal = Optional.of((int) number);
        } else if (endsAName(at)) {
            describes(digits, at, false);
        } else if (number >= 1 && number <= 20) {
            quantity = Optional.of((int) number);
        }
    }

    private void decimal(String digits, int at) {
        var number = new BigDecimal(digits);
        if (isMoney(number, at)) {
            price(number, at);
        } else if (isShoeSize(number.longValue(), at == 0 ? "" : words.get(at - 1))) {
            shoeSize = Optional.of(digits);
        }
    }

    private boolean isMoney(BigDecimal number, int at) {
        String before = at == 0 ? "" : words.get(at - 1);
        String after = at + 1 < words.size() ? words.get(at + 1) : "";
        if (MONEY.contains(before) || MONEY.contains(after)) {
            return true;
        }
        boolean bounds =
                BOUNDS.contains(before) && !PIECES.contains(after) && !AGES.contains(after) && !Figures.isUnit(after);
        if (inAddress || number.compareTo(bounds ? SMALLEST_BUDGET : SMALLEST_PRICE) < 0) {
            return false;
        }
        return bounds || (!isMeasure(at) && (Figures.isRoundSum(number) || saysMostAfter(at) || !endsAName(at)));
    }

    /** "10000 mah", "300-400 gsm": how much of a thing, not what it costs. */
    private boolean isMeasure(int at) {
        int to = at + 1 < words.size() && words.get(at + 1).equals("to") ? at + 2 : at + 1;
        return Stream.of(at + 1, to + 1)
                .filter(unit -> unit < words.size()
                        && (unit == at + 1 || DIGITS.matcher(words.get(to)).matches()))
                .anyMatch(unit -> Figures.isUnit(words.get(unit)));
    }

    /** The word of "Air Max 270" and "15 Pro Max 256GB"; "shirt max 1600" says what it may cost. */
    private boolean isMaxOfAName(int at) {
        if (!words.get(at).equals("max") || !endsAName(at) || at + 1 == words.size()) {
            return false;
        }
        String next = words.get(at + 1);
        return DIGITS.matcher(next).matches()
                ? !Figures.isRoundSum(new BigDecimal(next)) || isMeasure(at + 1)
                : Character.isDigit(next.charAt(0)) && !DECIMAL.matcher(next).matches();
    }

    /** "The Forest Lantern 11" has a number in its name; "the lantern 2 pieces" says how many. */
    private boolean endsAName(int at) {
        boolean counts = at + 1 < words.size() && PIECES.contains(words.get(at + 1));
        return describedUpTo == at && !nameWords.isEmpty() && !counts;
    }

    private boolean isShoeSize(long number, String before) {
        boolean said = before.equals("size") || before.equals("uk") || before.equals("in");
        return number <= 46 && (said || (asked.filter(Question::asksSize).isPresent() && number <= LARGEST_SHOE));
    }

    /** In rupees, euros, yen; which end of the range it is, the words just before and after it say. */
    private void price(BigDecimal amount, int at) {
        prices.add(ShopCurrency.here().nearest(amount).minor());
        for (int near = Math.max(0, at - 4); near < at; near++) {
            most |= MOST.contains(words.get(near));
            least |= saysLeast(near);
        }
        most |= saysMostAfter(at);
    }

    private boolean saysMostAfter(int at) {
        return words.subList(at + 1, Math.min(words.size(), at + 3)).stream().anyMatch(MOST_AFTER::contains);
    }

    /** "at least" is a lower end; "least" alone says nothing. */
    private boolean saysLeast(int at) {
        String word = words.get(at);
        return LEAST.contains(word)
                && (!word.equals("least") || (at > 0 && words.get(at - 1).equals("at")));
    }

    private Optional<Long> most() {
        if (prices.isEmpty()) {
            return Optional.empty();
        }
        long highest = prices.stream().mapToLong(Long::longValue).max().orElseThrow();
        return least && !most && prices.size() == 1 ? Optional.empty() : Optional.of(highest);
    }

    private Optional<Long> least() {
        if (prices.isEmpty() || (prices.size() == 1 && (!least || most))) {
            return Optional.empty();
        }
        return Optional.of(prices.stream().mapToLong(Long::longValue).min().orElseThrow());
    }

    private boolean isPincode(String digits) {
        return asked.filter(q -> q == Question.ADDRESS).isPresent()
                && ShopPlace.here().postalCode().written(digits).isPresent();
    }

    private Optional<String> journeyId(String prefix) {
        return JOURNEY_ID
                .matcher(text)
                .results()
                .filter(id -> id.group(1).equalsIgnoreCase(prefix))
                .map(id -> id.group().toUpperCase(Locale.ROOT))
                .findFirst();
    }

    private Optional<String> coupon() {
        for (Pattern pattern : List.of(COUPON, SAID_COUPON)) {
            Matcher code = pattern.matcher(JOURNEY_ID.matcher(text).replaceAll(" "));
            while (code.find()) {
                String word = code.group(1);
                boolean ordinary = Vocabulary.INSTANCE
                        .phraseAt(List.of(word.toLowerCase(Locale.ROOT)), 0)
                        .isPresent();
                if (!ordinary) {
                    return Optional.of(word.toUpperCase(Locale.ROOT));
                }
            }
        }
        return Optional.empty();
    }
}
