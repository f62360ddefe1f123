package io.journeyman.activities.model.offline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a product should be like.
 *
 * @param size of clothes, such as XXL, or ONE
 * @param shoeSize such as 9
 * @param least the lowest price, in minor units
 * @param most the highest price, in minor units
 * @param style words such as cotton or embroidered
 * @param unwanted what it shall not be
 */
record Facets(
        Optional<String> category,
        Optional<String> audience,
        Optional<String> occasion,
        Optional<String> colour,
        Optional<String> size,
        Optional<String> shoeSize,
        Optional<Long> least,
        Optional<Long> most,
        List<String> style,
        List<String> unwanted) {
    static final Facets NONE = new Facets(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());

    Facets {
        style = List.copyOf(style);
        unwanted = List.copyOf(unwanted);
    }

    /** What holds once {@code newer} is said: another kind of thing, or another person's occasion, begins afresh. */
    Facets then(Facets newer) {
        boolean child = newer.audience.equals(Optional.of("kids"));
        boolean person =
                newer.audience.isPresent() && !newer.audience.equals(audience) && (child || audience.isPresent());
        Facets mine = person ? withoutSize() : this;
        if (newer.category.isEmpty() && newer.audience.isPresent() && newer.occasion.isPresent()) {
            return mine.onlySize().merged(newer, true);
        }
        boolean other = category.isPresent() && newer.category.isPresent() && !newer.category.equals(category);
        return mine.merged(newer, other);
    }

    private Facets merged(Facets newer, boolean other) {
        Set<String> never = new LinkedHashSet<>(other ? List.of() : unwanted);
        never.removeAll(newer.style);
        newer.colour.ifPresent(never::remove);
        never.addAll(newer.unwanted);
        return new Facets(
                newer.category.or(() -> category),
                newer.audience.or(() -> audience),
                newer.occasion.or(() -> other ? Optional.empty() : occasion),
                newer.colour.or(() -> other ? Optional.empty() : colour.filter(one -> !never.contains(one))),
                newer.size.or(() -> size),
                newer.shoeSize.or(() -> shoeSize),
                newer.budget() || other ? newer.least : least,
                newer.budget() || other ? newer.most : most,
                newer.style.isEmpty() && !other
                        ? style.stream().filter(one -> !never.contains(one)).toList()
                        : newer.style,
                List.copyOf(never));
    }

    Facets onlySize() {
        return new Facets(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                size,
                shoeSize,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    boolean budget() {
        return least.isPresent() || most.isPresent();
    }

    boolean anySize() {
        return size.isPresent() || shoeSize.isPresent();
    }

    /** Whether it narrows anything down beside the kind of thing. */
    boolean narrow() {
        return audience.isPresent()
                || occasion.isPresent()
                || colour.isPresent()
                || anySize()
                || budget()
                || !style.isEmpty()
                || !unwanted.isEmpty();
    }

    boolean empty() {
        return category.isEmpty() && !narrow();
    }

    Facets withoutColour() {
        return new Facets(category, audience, occasion, Optional.empty(), size, shoeSize, least, most, style, unwanted);
    }

    Facets withoutSize() {
        return new Facets(
                category, audience, occasion, colour, Optional.empty(), Optional.empty(), least, most, style, unwanted);
    }

    /** The same kind of thing in the same size for the same person and money; whatever it looks like, but for what it shall not be. */
    Facets withoutLooks() {
        return new Facets(
                category,
                audience,
                Optional.empty(),
                Optional.empty(),
                size,
                shoeSize,
                least,
                most,
                List.of(),
                unwanted);
    }

    /** The kind of thing, or the occasion where none was said, for the same person. */
    Facets onlyKind() {
        return new Facets(
                category,
                audience,
                category.isPresent() ? Optional.empty() : occasion,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                unwanted);
    }
}
