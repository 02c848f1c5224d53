package dev.hyptrace.recorder.coresight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SampleListingsTest {
    @Test
    void show() throws IOException {
        for (String name :
                new String[] {"tc2.txt.gz", "tc2-0x13.txt.gz", "tc2-0x12-elements.txt.gz", "tc2-ptm-rstk-t32.txt.gz"}) {
            Listing l = Listing.ofSample(name, CodeImages.none());
            System.out.println(name + l.report().counts() + l.report().problems());
            System.out.println(l.outline().subList(0, 12));
            System.out.println(l.notes().subList(0, 20));
        }
        for (String name : new String[] {
            "hypercalls-ptm.txt", "hypercalls-etm3.txt", "return-ahead-ptm.txt", "return-ahead-etm3.txt"
        }) {
            for (CodeImages c : new CodeImages[] {CodeImages.none(), Listing.synthetic()}) {
                Listing l = Listing.ofSample(name, c);
                System.out.println(name + l.report().counts() + l.report().problems());
                System.out.println(String.join("\n", l.outline()));
                System.out.println(String.join("\n", l.notes()));
                l.hypercalls().forEach(System.out::println);
            }
        }
        assertEquals(1, 1);
    }
}
