package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YesOrNoTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Yes, please!         | yes     | yes
            haan                 | yes     | yes
            no                   | no      | no
            No, cancel it        | no      | no
            stop                 | no      | no
            cancel               | no      | yes
            Cancel it.           | no      | yes
            cancel that          | no      | yes
            yes, cancel          | neither | yes
            Yes, cancel it!      | neither | yes
            yes please cancel it | neither | yes
            please cancel it     | neither | yes
            Don't cancel         | neither | no
            do not cancel it     | neither | no
            keep it              | neither | no
            no, keep it please   | neither | no
            cancel it tomorrow   | neither | neither
            cancel the shawl     | neither | neither
            """)
    void cancelIsAYesToWhoAskedWhetherToCancelAndANoToAnythingElse(
            String message, YesOrNo elsewhere, YesOrNo toCancelling) {
        assertThat(YesOrNo.of(message)).isEqualTo(elsewhere);
        assertThat(YesOrNo.toCancelling(message)).isEqualTo(toCancelling);
    }
}
