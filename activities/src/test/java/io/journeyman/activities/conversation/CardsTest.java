package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardsTest {
    private static final Turns.Call SEARCH = new Turns.Call("t1r0c0", 0, "get_recommendations", "{}", Optional.of("""
                    {"products": [{"name": "Red Kurta"}, {"name": "Blue Kurta"}, {"name": "Green Kurta"}]}"""));

    @Test
    void productsThatTheReplyListsAreShownInItsOrder() {
        assertThat(names("1. Green Kurta, ₹1,499\n2. Red Kurta, ₹999")).containsExactly("Green Kurta", "Red Kurta");
    }

    @Test
    void allProductsAreShownWhenTheReplyListsNone() {
        assertThat(names("Here is what I found.")).containsExactly("Red Kurta", "Blue Kurta", "Green Kurta");
        assertThat(names("The Blue Kurta would be my pick.")).hasSize(3);
    }

    private static List<String> names(String text) {
        return Cards.of(text, List.of(SEARCH), Optional.empty()).stream()
                .map(card -> card.path("name").asText())
                .toList();
    }
}
