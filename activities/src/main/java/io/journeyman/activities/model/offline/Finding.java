package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.ShopCurrency;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Looking for products: asks what it is for when nothing was said, then searches, looks into the stock, and lists. */
final class Finding {
    private static final int LONGEST_QUERY = 300;
    private static final int MOST_KINDS = 5;

    private final Scene scene;
    private final Shelves shelves;

    Finding(Scene scene) {
        this.scene = scene;
        this.shelves = new Shelves(scene);
    }

    String find() {
        Optional<String> store = scene.wish().store();
        if (store.isPresent()) {
            return inStore(store.get());
        }
        if (!scene.wish().numbers().isEmpty()) {
            return search();
        }
        Optional<String> first = askFirst(scene.wanted());
        return first.isPresent() ? first.get() : search();
    }

    /** One open question before the first search, when too little was said for one. */
    private Optional<String> askFirst(Facets wanted) {
        Wish wish = scene.wish();
        Optional<Question> asked = scene.memory().asked();
        boolean answered = asked.filter(question -> question.opensSearch() && question != Question.WHAT)
                .isPresent();
        boolean onlyAudience = wanted.category().isEmpty()
                && wanted.occasion().isEmpty()
                && wanted.style().isEmpty()
                && wish.names().isEmpty();
        if (answered && !(asked.equals(Optional.of(Question.WHO)) && onlyAudience)) {
            return Optional.empty();
        }
        boolean gift = wish.does(Act.gift);
        if (wanted.category().isPresent()) {
            boolean show = Interpreter.words(wish.text()).stream()
                    .anyMatch(w -> w.startsWith("show") || w.startsWith("dikha"));
            return wanted.narrow() || show || wish.corrected() || !wish.names().isEmpty()
                    ? Optional.empty()
                    : Optional.of("With pleasure. " + Question.OCCASION.words());
        }
        if (gift && wanted.audience().isEmpty()) {
            return Optional.of("What a nice idea. " + Question.WHO.words());
        }
        if (onlyAudience) {
            return wanted.audience().isPresent()
                    ? Optional.of("Gladly. " + Question.OCCASION.words())
                    : Optional.of("Gladly. " + weHave() + Question.WHAT.words());
        }
        return wanted.audience().isEmpty()
                        && wanted.style().isEmpty()
                        && wish.names().isEmpty()
                ? Optional.of("Lovely. " + Question.WHO.words())
                : Optional.empty();
    }

    /** What the shop has most of, in its catalogue's own words. */
    private String weHave() {
        Done shop = scene.call(
                "get_recommendations", new Arguments().withIf(true, "facets").with("limit", 1));
        List<String> kinds = StreamSupport.stream(shop.result().path("facets").spliterator(), false)
                .filter(facet -> facet.path("facet").asText().equals("category"))
                .map(facet -> facet.path("value").asText())
                .limit(MOST_KINDS)
                .toList();
        return kinds.isEmpty() ? "" : "We have " + Phrases.and(kinds) + ", for instance. ";
    }

    private String search() {
        Facets wanted = subject();
        Optional<Product> meant = named();
        if (meant.isPresent()) {
            return new Looking(scene).at(meant.get());
        }
        if (!scene.wish().numbers().isEmpty()) {
            return "Our shop has nothing with the number "
                    + Phrases.or(scene.wish().numbers()) + ". " + Question.WHAT.words();
        }
        Done found = scene.call("get_recommendations", query(wanted));
        if (found.problem()) {
            return scene.trouble(found);
        }
        List<Product> products = within(shelves.products(found), wanted);
        return products.isEmpty() ? close(wanted) : list(products, wanted);
    }

    /** "What do you have at the Bandra store in M?": what is there, else what there is elsewhere. */
    private String inStore(String store) {
        Optional<Product> meant = named();
        if (meant.isPresent()) {
            return new Looking(scene).at(meant.get());
        }
        Facets wanted = subject();
        Done found = scene.call("get_recommendations", query(wanted).with("store", store));
        if (found.code().equals("unknown_store")) {
            return "I know no store of ours that is called " + store + ". "
                    + found.result().path("suggestions").path(0).asText() + " " + Question.WHAT.words();
        }
        if (found.problem()) {
            return scene.phrases().trouble("check_inventory", found.code());
        }
        String where = stores(found).orElse(store);
        List<Product> there = within(shelves.products(found), wanted).stream()
                .limit(scene.phrases().mostProducts())
                .toList();
        if (!there.isEmpty()) {
            String what = described(wanted);
            return "In " + where + " we have" + (what.isEmpty() ? "" : " " + what) + ":"
                    + scene.phrases().listed(there, product -> "") + Question.WHICH_ONE.words();
        }
        List<Product> elsewhere = within(shelves.products(scene.call("get_recommendations", query(wanted))), wanted);
        String sorry = "In " + where + " there is nothing like that just now. ";
        return elsewhere.isEmpty()
                ? sorry + close(wanted)
                : sorry + "Elsewhere, or to be sent to you, there are"
                        + shelves.listed(
                                elsewhere.stream()
                                        .limit(scene.phrases().mostProducts())
                                        .toList(),
                                product -> "")
                        + Question.WHICH_ONE.words();
    }

    private static Optional<String> stores(Done found) {
        List<String> names = StreamSupport.stream(found.result().path("stores").spliterator(), false)
                .map(store ->
                        store.path("name").asText() + " (" + store.path("city").asText() + ")")
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(Phrases.and(names));
    }

    /** "Do you have umbrellas?" is not about the kurta that was spoken of. */
    private Facets subject() {
        Wish wish = scene.wish();
        boolean another =
                wish.facets().category().isEmpty() && !wish.unknown().isEmpty() && wish.does(Act.want, Act.stock);
        return another ? wish.facets() : scene.wanted();
    }

    /** What this model has no words for: the shop's own search may have. Only what has one of the words counts, for something is always near. */
    Optional<String> asTyped() {
        if (scene.wish().names().isEmpty()) {
            return Optional.empty();
        }
        String typed = String.join(" ", scene.wish().content());
        List<Product> found = typed(typed).stream()
                .filter(product -> product.shares(scene.wish().content()))
                .limit(scene.phrases().mostProducts())
                .toList();
        return switch (found.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new Looking(scene).at(found.getFirst()));
            default ->
                Optional.of("For \"" + typed + "\" we have" + shelves.listed(found, product -> "")
                        + Question.WHICH_ONE.words());
        };
    }

    private List<Product> typed(String words) {
        return shelves.products(scene.call(
                "get_recommendations",
                new Arguments()
                        .with("query", cut(words))
                        .with("limit", scene.phrases().mostProducts())));
    }

    /** The product that the sentence names, as the catalogue knows it: "the Ikat Office Kurta"; "a cotton kurta" describes one. */
    Optional<Product> named() {
        if (!scene.wish().numbers().isEmpty()) {
            String number = scene.wish().numbers().getFirst();
            return scene.memory().product(number).or(() -> single(typed(number)));
        }
        if (!namesOne()) {
            return Optional.empty();
        }
        List<String> content = scene.wish().content();
        List<Product> found = typed(String.join(" ", content));
        return single(found.stream()
                        .filter(product -> product.answersTo(content))
                        .toList())
                .or(() -> single(found.stream()
                        .filter(product -> product.isNamedIn(content))
                        .toList()));
    }

    private static Optional<Product> single(List<Product> products) {
        return products.size() == 1 ? Optional.of(products.getFirst()) : Optional.empty();
    }

    private boolean namesOne() {
        Wish wish = scene.wish();
        int described = wish.definite() ? wish.content().size() : 0;
        return described >= 3
                || (!wish.names().isEmpty() && (wish.definite() || wish.names().size() >= 2));
    }

    private Arguments query(Facets wanted) {
        Set<String> words = new LinkedHashSet<>();
        wanted.style().forEach(style -> words.addAll(Interpreter.words(style)));
        if (wanted.category().isEmpty() || namesOne()) {
            words.addAll(scene.wish().names());
        }
        wanted.occasion().ifPresent(words::add);
        if (wanted.category().isEmpty()) {
            wanted.audience().ifPresent(words::add);
        }
        without(wanted).ifPresent(words::add);
        Optional<String> category = wanted.category()
                .map(kind -> wanted.audience().map(who -> who + " " + kind).orElse(kind));
        return new Arguments()
                .with("query", Optional.of(cut(String.join(" ", words))))
                .with("category", category)
                .with("size", sizeFor(wanted))
                .with("color", wanted.colour())
                .withNumber("maxPriceMinor", wanted.most())
                .withIf(scene.wish().inStock(), "inStock")
                .with("limit", wanted.least().isPresent() ? 10 : scene.phrases().mostProducts());
    }

    /** In the words that the catalogue reads. */
    private static Optional<String> without(Facets wanted) {
        return wanted.unwanted().stream().map(look -> "without " + look).reduce((some, other) -> some + " " + other);
    }

    /** A size of clothes says nothing of shoes, and most of what has one size only is never asked for in a size. */
    private static Optional<String> sizeFor(Facets wanted) {
        String kind = wanted.category().orElse("");
        return switch (kind) {
            case "shoes", "sneakers", "sandals", "juttis", "formal shoes" -> wanted.shoeSize();
            case "sarees", "bags", "watches", "scarves", "accessories" -> Optional.empty();
            default -> wanted.size().or(wanted::shoeSize);
        };
    }

    private static List<Product> within(List<Product> products, Facets wanted) {
        return products.stream()
                .filter(product -> product.price().minor() >= wanted.least().orElse(0L))
                .toList();
    }

    /** Nothing fits: what is called as it was typed; what comes close, first whatever it looks like, then the kind of thing alone. */
    private String close(Facets wanted) {
        List<String> said = scene.wish().typed();
        if (!said.isEmpty()) {
            List<Product> called = typed(String.join(" ", said)).stream()
                    .filter(product -> product.answersTo(said))
                    .toList();
            if (!called.isEmpty()) {
                return list(called, Facets.NONE);
            }
        }
        for (Facets wider : List.of(wanted.withoutLooks(), wanted.onlyKind())) {
            Arguments query = query(wider);
            if (wider.empty() || query.node().equals(query(wanted).node())) {
                continue;
            }
            List<Product> products = shelves.products(scene.call("get_recommendations", query)).stream()
                    .limit(scene.phrases().mostProducts())
                    .toList();
            if (!products.isEmpty()) {
                return "I have " + none(described(wanted)) + ". What comes close"
                        + shelves.listed(products, false, product -> comesIn(product, wanted))
                        + Question.WHICH_ONE.words();
            }
        }
        String what = scene.wish().unknown().isEmpty()
                ? described(wanted)
                : String.join(" ", scene.wish().unknown());
        return "I found nothing in our shop for \"" + what + "\". " + weHave() + Question.WHAT.words();
    }

    private static String none(String described) {
        return described.startsWith("things") ? "nothing" + described.substring("things".length()) : "no " + described;
    }

    private String comesIn(Product product, Facets wanted) {
        List<String> notes = new ArrayList<>();
        if (wanted.colour().filter(colour -> !product.hasColour(colour)).isPresent()) {
            notes.add("in " + Phrases.or(product.colours()));
        }
        if (product.sizeOf(wanted)
                .filter(size -> !product.sizes().contains(size))
                .isPresent()) {
            notes.add("sizes " + String.join(", ", product.sizes()));
        }
        return notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
    }

    private String list(List<Product> found, Facets wanted) {
        List<Product> products =
                found.stream().limit(scene.phrases().mostProducts()).toList();
        if (products.size() == 1) {
            return new Looking(scene).at(products.getFirst());
        }
        if (shelves.allGone(products)) {
            Product best = products.getFirst();
            return shelves.missing("What fits best, the " + best.name() + ",", best, shelves.stock(best));
        }
        String what = described(wanted);
        return "Here are" + (what.isEmpty() ? " some that I like" : " " + what)
                + shelves.listed(products, product -> "")
                + Question.WHICH_ONE.words();
    }

    /** What the customer said, so that they hear that it was heard: "blue kurtas in XXL under ₹3,000". */
    private String described(Facets wanted) {
        List<String> words = new ArrayList<>();
        wanted.colour().ifPresent(words::add);
        words.addAll(wanted.style());
        words.add(wanted.category().orElse(words.isEmpty() && wanted.occasion().isEmpty() ? "" : "things"));
        wanted.audience().ifPresent(who -> words.add("for " + who));
        wanted.occasion().ifPresent(occasion -> words.add(forOccasion(occasion)));
        if (!wanted.unwanted().isEmpty()) {
            words.add("without " + Phrases.or(wanted.unwanted()));
        }
        sizeFor(wanted).ifPresent(size -> words.add("in size " + size));
        wanted.least()
                .ifPresent(least -> words.add(
                        "from " + scene.phrases().money(ShopCurrency.here().minor(least))));
        wanted.most()
                .ifPresent(most -> words.add((wanted.least().isPresent() ? "to " : "under ")
                        + scene.phrases().money(ShopCurrency.here().minor(most))));
        return String.join(" ", words).strip();
    }

    private static String forOccasion(String occasion) {
        return switch (occasion) {
            case "festive" -> "for a festive day";
            case "casual" -> "for every day";
            case "office" -> "for the office";
            case "wedding", "party" -> "for a " + occasion;
            default -> "for " + occasion;
        };
    }

    /** More like what was listed, without what was seen already. */
    String more() {
        Optional<Product> like =
                scene.memory().focus().or(() -> scene.memory().listed().stream().findFirst());
        if (like.isEmpty() || scene.wish().facets().category().isPresent()) {
            return find();
        }
        Facets wanted = scene.wanted();
        Done found = scene.call(
                "get_recommendations",
                new Arguments()
                        .with("likeProductId", like.get().id())
                        .with("purpose", "alternatives")
                        .with("size", like.get().sizeOf(wanted))
                        .with("color", wanted.colour())
                        .with("query", without(wanted))
                        .withNumber("maxPriceMinor", wanted.most())
                        .with("limit", 10));
        if (found.problem()) {
            return scene.trouble(found);
        }
        List<Product> seen = scene.memory().listed();
        List<Product> others = shelves.products(found).stream()
                .filter(product -> !seen.contains(product))
                .toList();
        return others.isEmpty()
                ? "That was all that fits. Another colour or budget opens more. " + Question.WHAT.words()
                : listOthers(others);
    }

    private String listOthers(List<Product> others) {
        return "Here are some others"
                + shelves.listed(
                        others.stream().limit(scene.phrases().mostProducts()).toList(), product -> "")
                + Question.WHICH_ONE.words();
    }

    private static String cut(String words) {
        return words.length() <= LONGEST_QUERY ? words : words.substring(0, LONGEST_QUERY);
    }
}
