package dev.hyptrace.emulator.use;

/** How D registers follow from the number of the first and the other operands. */
@FunctionalInterface
interface ExtensionShape {
    /**
     * The D registers, a bit each; those beyond D31 do not exist.
     *
     * @param first the number of the first D register, or S register
     */
    int registers(UseSite site, int first);

    /**
     * The shape of a name: {@code d}, {@code 2} and {@code q} (D registers), {@code s} and {@code pair} (S registers),
     * {@code f} and {@code notF} (either, as the operand f says), {@code list} (VLDM), {@code table} (VTBL), {@code scalar}
     * (a lane of one), and those of element loads.
     *
     * @throws IllegalArgumentException when there is none
     */
    static ExtensionShape named(String name) {
        return switch (name) {
            case "d" -> (site, first) -> doublewords(first, 1);
            case "2" -> (site, first) -> doublewords(first, 2);
            case "q" -> (site, first) -> doublewords(first, 1 + site.value("q"));
            case "s" -> (site, first) -> singles(first, 1);
            case "pair" -> (site, first) -> singles(first, 2);
            case "f" -> (site, first) -> site.is("f") ? doublewords(first, 1) : singles(first, 1);
            case "notF" -> (site, first) -> site.is("f") ? singles(first, 1) : doublewords(first, 1);
            case "list" ->
                (site, first) ->
                        site.is("f") ? doublewords(first, site.value("i") >> 1) : singles(first, site.value("i"));
            case "table" -> (site, first) -> doublewords(first, site.value("l") + 1);
            case "scalar" -> ExtensionShape::scalar;
            default -> elements(name);
        };
    }

    private static ExtensionShape elements(String name) {
        return switch (name) {
            case "structures" -> (site, first) -> structures(site, first, site.value("count"), site.value("spacing"));
            case "lanes" -> (site, first) -> structures(site, first, 1, site.value("spacing"));
            case "allLanes" -> ExtensionShape::allLanes;
            default -> throw new IllegalArgumentException("no shape " + name);
        };
    }

    private static int doublewords(int first, int count) {
        int registers = 0;
        for (int n = first; n < Math.min(first + count, 32); n++) {
            registers |= 1 << n;
        }
        return registers;
    }

    private static int singles(int first, int count) {
        return count == 0 ? 0 : doublewords(first >> 1, (first + count - 1 >> 1) - (first >> 1) + 1);
    }

    /** M:Vm with lanes of 16 or else 32 bits. */
    private static int scalar(UseSite site, int first) {
        boolean halfword = site.operands().has("z") && site.value("z") == 1;
        return 1 << (halfword ? first & 7 : first & 15);
    }

    /** The registers of {@code s} elements, {@code spacing} apart, and as many after each of them as to make {@code count}. */
    private static int structures(UseSite site, int first, int count, int spacing) {
        int registers = 0;
        for (int k = 0; k < site.value("s"); k++) {
            registers |= doublewords(first + k * spacing, count);
        }
        return registers;
    }

    private static int allLanes(UseSite site, int first) {
        boolean single = site.value("s") == 1;
        int count = single && site.is("T") ? 2 : 1;
        int spacing = !single && site.is("T") ? 2 : 1;
        return structures(site, first, count, spacing);
    }
}
