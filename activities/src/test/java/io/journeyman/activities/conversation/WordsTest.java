package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void onlyAWholeMessageIsAYesOrANo() {
        assertThat(List.of("yes", " YES! ", "Yes, please.", "haan ji", "go ahead 👍"))
                .allMatch(t -> YesOrNo.of(t) == YesOrNo.yes);
        assertThat(List.of("no", "No, thanks!", "Don't", "cancel that")).allMatch(t -> YesOrNo.of(t) == YesOrNo.no);
        assertThat(List.of("yes but in red", "no idea", "yesterday", "", "is it ok for a wedding?"))
                .allMatch(t -> YesOrNo.of(t) == YesOrNo.neither);
    }

    @Test
    void onlyAWholeMessageIsAWishToCancel() {
        assertThat(CancelWish.of("Please cancel my order JM-7K3Q!")).contains(new CancelWish("Checkout", "JM-7K3Q"));
        assertThat(CancelWish.of("cancel the reservation")).contains(new CancelWish("Reservation", ""));
        assertThat(CancelWish.of("can I cancel my order later?")).isEmpty();
        assertThat(CancelWish.of("cancel that")).isEqualTo(Optional.empty());
    }

    @Test
    void aReplyIsShapedForItsChannel() {
        String text = "**Two kurtas**:\n- Indigo\n- Chikankari\n";

        assertThat(ChannelShape.shaped("web", text)).isEqualTo(text);
        assertThat(ChannelShape.shaped("whatsapp", text)).startsWith("*Two kurtas*:");
        assertThat(ChannelShape.shaped("voice", text)).isEqualTo("Two kurtas: Indigo Chikankari ");
        assertThat(ChannelShape.shaped("whatsapp", "A sentence. ".repeat(200)))
                .hasSizeLessThanOrEqualTo(1_000)
                .endsWith(".");
    }

    @Test
    void gstIsTheIncludedPartByThePieceAfterItsShareOfTheDiscount() {
        PricedLine cheap = line("A", 1, 99_900);
        PricedLine dear = line("B", 2, 105_000);

        assertThat(Gst.included(List.of(cheap), Money.inr(0), Money.inr(0))).isEqualTo(Money.inr(4_757));
        assertThat(Gst.included(List.of(dear), Money.inr(0), Money.inr(0))).isEqualTo(Money.inr(22_500));
        // 210,000 less 21,000 is 94,500 a piece: under 1,000 rupees
        assertThat(Gst.included(List.of(dear), Money.inr(21_000), Money.inr(0))).isEqualTo(Money.inr(9_000));
        assertThat(Gst.included(List.of(dear), Money.inr(210_000), Money.inr(0)))
                .isEqualTo(Money.inr(0));
    }

    private static PricedLine line(String sku, int quantity, long price) {
        return new PricedLine(new Sku(sku), new ProductId("P"), "Kurta", "M", "blue", quantity, Money.inr(price));
    }
}
