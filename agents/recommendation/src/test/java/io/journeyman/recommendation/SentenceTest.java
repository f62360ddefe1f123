package io.journeyman.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {
    @ParameterizedTest
    @CsvSource({
        "kurta under 1500, , 1500",
        "'kurta under ₹1,500', , 1500",
        "shoes below 2k, , 2000",
        "1000 tak tshirt, , 1000",
        "500 ke andar leggings, , 500",
        "sneakers 2000 se kam, , 2000",
        "saree no more than rs. 3000, , 3000",
        "watch budget 4500, , 4500",
        "dress between 2000 and 2500, 2000, 2500",
        "jacket 3000-4000, 3000, 4000",
        "jacket 1-2k, 1000, 2000",
        "lehenga under ₹1 lakh, , 100000",
        "lehenga under rs 2 lakh, , 200000",
        "lehenga under 1.5 lakh, , 150000",
        "2 lacs tak lehenga, , 200000",
        "lehenga 1-2 lakhs, 100000, 200000",
        "necklace under 1 crore, , 10000000",
        "necklace under 10000000, , 10000000",
        "formal shirt max 1600, , 1600",
        "tshirt max 999, , 999",
        "tshirt max rs 270, , 270",
        "tshirt max of 270, , 270",
        "air max 270 under 8000, , 8000",
        "blanket above 300 gsm under 2k, , 2000",
        "kurta under 2000 M, , 2000",
        "kurta under 2000 w/o print, , 2000",
        "sherwani above 10000, 10000, ",
        "saree 5000 se upar, 5000, ",
        "'lehenga from 1,00,000 rupees or more', 100000, ",
        "kurta size 42, , ",
        "shoes for a 12 year old under 10, , ",
        "2 kurtas, , "
    })
    void readsTheBudget(String typed, Long least, Long most) {
        var sentence = Sentence.of(typed);

        assertThat(sentence.leastMinor()).as("least").isEqualTo(minor(least));
        assertThat(sentence.mostMinor()).as("most").isEqualTo(minor(most));
        assertThat(sentence.wanted()).doesNotContain("000", "lakh", "lacs", "crore");
    }

    @ParameterizedTest
    @CsvSource({"kurta under ₹999.50, 99950", "jacket under 1.5k, 150000", "jacket 250.50 rupees or less, 25050"})
    void readsABudgetToThePaisa(String typed, long mostMinor) {
        assertThat(Sentence.of(typed).mostMinor()).hasValue(mostMinor);
    }

    @ParameterizedTest
    @CsvSource({
        "Nike Air Max 270",
        "iPhone 15 Pro Max 256GB case",
        "iPhone 15 Pro Max 512",
        "power bank above 10000 mAh",
        "power bank above 10000mah",
        "power bank over 10k mah",
        "blanket 300-400 gsm",
        "blanket 300 gsm to 400 gsm",
        "rug under 200 cm",
        "bottle over 750 ml",
        "mixer above 500 W",
        "cotton above 200%"
    })
    void takesNoNameAndNoMeasureForABudget(String typed) {
        assertThat(Sentence.of(typed))
                .isEqualTo(new Sentence(typed, "", Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "kurta size m, M",
        "kurta in XL, XL",
        "sneakers size 9, 9",
        "sneakers size 9.5, 9.5",
        "9.5 size sneakers, 9.5",
        "a small bag, ",
        "'men''s shirt', ",
    })
    void readsTheSize(String typed, String size) {
        assertThat(Sentence.of(typed).size()).isEqualTo(Optional.ofNullable(size));
    }

    @ParameterizedTest
    @CsvSource({
        "saree without sequins, sequins, saree",
        "kurta but not too bright, bright, kurta but",
        "shirt in silk not cotton or linen, cotton linen, shirt in silk",
        "saree silk nahi, silk, saree",
        "'kurta, red nahi chahiye', red, 'kurta, chahiye'",
        "shirt printed wali nahi, printed, shirt",
        "kurta set silk mat dikhana, silk, kurta set",
        "yoga mat, '', yoga mat",
        "lehenga without mirror work, mirror, lehenga",
        "shirts without print, print, shirts",
        "shirts under 2000 w/o print, print, shirts",
        "anything but black shoes, black, shoes",
        "'I don''t like heels, sandals', heels, 'I , sandals'",
        "'I don''t want jeans, a dress', jeans, 'I , a dress'",
        "no-iron shirt, '', no-iron shirt",
        "no iron shirt, '', no iron shirt",
        "non stick tawa, '', non stick tawa",
        "non slip yoga mat, '', non slip yoga mat",
        "non leather bag, leather, bag",
        "yoga mat design, '', yoga mat design",
        "no sequins saree, sequins, saree",
        "jacket no leather, leather, jacket",
        "do you have kurtas or not, '', do you have kurtas or not"
    })
    void readsWhatIsNotWanted(String typed, String unwanted, String wanted) {
        var sentence = Sentence.of(typed);

        assertThat(sentence.unwanted()).isEqualTo(unwanted);
        assertThat(sentence.wanted().strip().replaceAll("\\s+", " ")).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"'9,999,999,999,999 999,999 under 9999999,999,999k'", "'₹₹₹ under'", "'-'", "''"})
    void takesWhateverIsTyped(String typed) {
        assertThat(Sentence.of(typed).wanted()).isNotNull();
    }

    private static Optional<Long> minor(Long rupees) {
        return Optional.ofNullable(rupees).map(amount -> amount * 100);
    }
}
