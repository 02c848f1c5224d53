#!/usr/bin/env python3
"""Records what QEMU does for random words of the load/store, branch and miscellaneous encodings.

    load_store_vectors.py > ../resources/dev/hyptrace/emulator/instruction/load-store.vectors

needs qemu-system-arm and arm-none-eabi-gcc. One line per experiment:

    set slot arena seed code [register=value ...] > [result ...]

"set" is A (A32) or T (Thumb), followed by the mode's letter where it is not System mode: i (IRQ), u (User). The "code" (words
of A32, halfwords of Thumb, joined by dots) is put at "slot" in a 16 KiB arena at 0x40100000 and executed until an exception,
which is the SVC after it or at the place branched to. Registers and flags are functions of "seed" (mix below) unless they are
given; memory is one of the arenas below. Results are what changed: registers, cpsr, words of the arena (@offset=value),
pc (offset of the SVC, where not the one after the code), or an exception: !U undefined, !P prefetch abort, !D data abort,
with the offset of the instruction.
"""
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TABLES = HERE / "../../main/resources/dev/hyptrace/emulator/decode"
HARNESS = HERE / "load_store_harness.s"
SEQUENCES = HERE / "load_store_sequences.txt"
METHODS = re.compile(
    r"(ldr|str|ldm|stm|swp|b$|bAlways|bConditional|bl|bx|cbz|tb|it$|nop|hint|preload|barrier|isb|clrex|setend|svc|bkpt|udf)")
BASE = 0x40100000
SIZE = 0x4000
A_PADS = range(0x0C00, 0x1400, 4)
T_PADS = range(0x1C00, 0x2400, 2)
A_SLOT = 0x1000
T_SLOT = 0x2000
DATA = (0x2500, 0x3F00)
PER_ROW = {"A": 10, "T": 9}


def mix(x):
    x = x * 0x9E3779B1 & 0xFFFFFFFF
    x ^= x >> 15
    x = x * 0x85EBCA77 & 0xFFFFFFFF
    x ^= x >> 13
    x = x * 0xC2B2AE3D & 0xFFFFFFFF
    return x ^ x >> 16


def arena(kind):
    """D: random data. P: pointers to pads of both instruction sets, bit 0 saying which. A, T: to pads of one, bit 0 clear.
    H: halfwords below 256. The pads are SVC instructions with a number
    that keeps off 0xab, which is a semihosting call."""
    words = []
    for offset in range(0, SIZE, 4):
        r = mix(offset + 1)
        a = BASE + A_PADS[r % len(A_PADS)]
        t = BASE + T_PADS[r % len(T_PADS)]
        words.append({"D": r, "P": t | 1 if r >> 31 else a, "A": a, "T": t, "H": r & 0x00FF00FF}[kind])
    for offset in A_PADS:
        words[offset // 4] = 0xEF000000 | offset
    for offset in range(T_PADS.start, T_PADS.stop, 4):
        words[offset // 4] = 0xDF00DF00 | offset >> 1 & 0x7F | (offset + 2 >> 1 & 0x7F) << 16
    return words


KINDS = "DPATH"


class Row:
    """A line of a decode table."""

    def __init__(self, line, isa, width):
        columns = [c.strip() for c in line.split("|")]
        bits, *constraints = columns[0].split(",")
        self.isa, self.width = isa, width
        self.method, self.label, self.heading = columns[1], columns[2], columns[4]
        self.name = f"{self.heading} {self.label}"
        self.cells = re.findall(r"\([01]\)|\w", bits.replace(" ", ""))
        assert len(self.cells) == width, line
        self.not_values = re.findall(r"(\w)!=(\d+)", ",".join(constraints))
        self.bindings = dict(b.split("=", 1) for b in columns[5].replace(", ", ",").split())
        self.letters = [c for c in dict.fromkeys(self.cells) if c.isalpha()]

    def size(self, letter):
        return self.cells.count(letter)

    def matches(self, fields):
        if any(fields.get(letter) == int(value) for letter, value in self.not_values):
            return False
        return not (self.isa == "A" and fields.get("c") == 15)

    def word(self, fields):
        left = {letter: [fields[letter] >> i & 1 for i in reversed(range(self.size(letter)))] for letter in self.letters}
        value = 0
        for cell in self.cells:
            bit = left[cell].pop(0) if cell.isalpha() else int(cell.strip("()"))
            value = value << 1 | bit
        return value

    def value(self, name, fields):
        """The value of a parameter of the semantic method, None where it has none of that name."""
        text = self.bindings.get(name, name)
        if text.isdigit():
            return int(text)
        if text in fields:
            return fields[text]
        match = re.fullmatch(r"(\w+)\((.*)\)", text)
        if not match:
            return None
        values = [fields[a] if a in fields else int(a) for a in match[2].split(",")]
        return {
            "times4": lambda x: x << 2,
            "times2": lambda x: x << 1,
            "following": lambda x: x + 1 & 15,
            "pushList": lambda m, l: m << 14 | l,
            "popList": lambda p, l: p << 15 | l,
            "decodeImmShiftType": lambda t, i: 4 if t == 3 and i == 0 else t,
            "decodeImmShiftAmount": lambda t, i: i if i or t == 0 else 1 if t == 3 else 32,
        }[match[1]](*values)


def rows():
    for name, isa, width in (("a32", "A", 32), ("t16", "T", 16), ("t32", "T", 32)):
        for line in (TABLES / f"{name}.table").read_text().splitlines():
            if line and not line.startswith("#"):
                row = Row(line, isa, width)
                if METHODS.match(row.method):
                    yield row


class Vector:
    def __init__(self, isa, code, arena_kind="D", slot=None, mode="s", title=""):
        self.isa, self.code, self.kind, self.mode, self.title = isa, code, arena_kind, mode, title
        self.slot = slot if slot is not None else A_SLOT if isa == "A" else T_SLOT
        self.given = {}
        self.seed = 0

    def bytes(self):
        return b"".join(struct.pack("<I" if self.isa == "A" else "<H", c) for c in self.code)

    def initial(self):
        names = [f"r{i}" for i in range(15)] + ["cpsr", "sp_irq", "lr_irq", "spsr_irq"]
        values = {name: mix(self.seed * 32 + i) for i, name in enumerate(names)}
        mode = {"s": 0x1F, "i": 0x12, "u": 0x10}[self.mode]
        values["cpsr"] = values["cpsr"] & 0xF80F0000 | 0x1C0 | mode | (0x20 if self.isa == "T" else 0)
        values["spsr_irq"] = values["spsr_irq"] & 0xF80F0000 | 0x1D0 | (0x20 if self.kind == "T" else 0)
        values.update(self.given)
        return values

    def text(self, results):
        code = ".".join(f"{c:08x}" if self.isa == "A" else f"{c:04x}" for c in self.code)
        mode = "" if self.mode == "s" else self.mode
        given = "".join(f" {k}={v:x}" for k, v in self.given.items())
        return f"{self.isa}{mode} {self.slot:x} {self.kind} {self.seed} {code}{given} > {' '.join(results)}".rstrip()


def halves(word, width):
    return [word] if width == 16 else [word >> 16, word & 0xFFFF]


def code_of(row, fields):
    word = row.word(fields)
    return [word] if row.isa == "A" else halves(word, row.width)


def random_fields(row, rng):
    while True:
        fields = {letter: rng.getrandbits(row.size(letter)) for letter in row.letters}
        if row.isa == "A" and "c" in fields and rng.random() < 0.8:
            fields["c"] = 14
        if row.matches(fields):
            return fields


def shift(value, kind, amount, carry):
    value &= 0xFFFFFFFF
    if kind == 0:
        return value << amount & 0xFFFFFFFF
    if kind == 1:
        return value >> amount
    signed = value - (1 << 32) if value >> 31 else value
    if kind == 2:
        return signed >> min(amount, 31) & 0xFFFFFFFF
    if kind == 3:
        return (value >> amount | value << 32 - amount) & 0xFFFFFFFF
    return carry << 31 | value >> 1


def target_address(rng, size):
    address = rng.randrange(*DATA)
    return BASE + (address if rng.random() < 0.3 else address & -size)


def with_registers(vector, fields_to_set):
    """Gives registers their values; PC, or one register with two values, is not possible."""
    for number, value in fields_to_set:
        name = f"r{number}"
        if number == 15 or vector.given.get(name, value) != value:
            return None
        vector.given[name] = value & 0xFFFFFFFF
    return vector


def single(row, rng, seed):
    """A load or store of one or two registers, or of some: the base register is such that the access is in the data."""
    fields = random_fields(row, rng)
    get = lambda name: row.value(name, fields)
    n, t, t2, m = get("n"), get("t"), get("t2"), get("m")
    multiple = row.method.startswith(("ldm", "stm"))
    load = row.method.startswith("ld")
    registers = get("l") if multiple else 0
    loads_pc = load and (t == 15 or t2 == 15 or bool(registers >> 15 & 1) or row.method == "ldmExceptionReturn")
    if loads_pc and not multiple and row.method not in ("ldrImmediate", "ldrLiteral", "ldrRegister"):
        return None
    writes_back = (get("W") == 1 or get("P") == 0) and not multiple or multiple and get("W") == 1
    literal = row.method.endswith("Literal")
    if n == 15 and writes_back:
        return None
    kind = "P" if loads_pc else "D"
    mode = "s"
    if row.method in ("ldmUser", "stmUser", "ldmExceptionReturn"):
        mode = rng.choice("iiiu")
    if row.method == "ldmExceptionReturn":
        kind = rng.choice("AT")
    slot = rng.choice((A_SLOT,) if row.isa == "A" else (T_SLOT, T_SLOT + 2))
    vector = Vector(row.isa, code_of(row, fields), kind, slot, mode, row.name)
    vector.seed = seed
    size = 4 if multiple or "rd" in row.method or row.method[3:4] in "IRtLe" else 2
    target = target_address(rng, size)
    if literal or n == 15:
        pc = slot + (8 if row.isa == "A" else 4)
        offset = get("imm32") or 0
        address = (pc & -4) + (offset if get("U") else -offset)
        hits_pads = address in range(A_PADS.start - 8, A_PADS.stop) or address in range(T_PADS.start - 8, T_PADS.stop)
        if loads_pc and (hits_pads or address & 3):
            return None
        return vector if m is None or n != 15 else None
    if multiple:
        return with_registers(vector, [(n, target)] if mode != "i" or n < 13 else []) if mode != "i" or n < 13 else None
    if m is None:
        offset = get("imm32") or 0
    else:
        initial = vector.initial()
        value = rng.getrandbits(9) << (0 if get("shiftT") == 0 else 20)
        if (get("shiftT") or 0) >= 3:
            value = 1 << (get("shiftN") + 3 & 31) | 1 << (get("shiftN") & 31)
        if m == n or m == 15:
            return None
        if get("shiftT") == 0 and get("shiftN") > 10:
            value &= 1
        vector.given[f"r{m}"] = value
        offset = shift(value, get("shiftT") or 0, get("shiftN") or 0, initial["cpsr"] >> 29 & 1)
    if get("U") == 0:
        offset = -offset
    index = get("P") != 0 if row.value("P", fields) is not None else not row.method.endswith("tRegister")
    base = (target - offset if index else target) & 0xFFFFFFFF
    vector = with_registers(vector, [(n, base)])
    if vector and loads_pc and target & 3:
        return None
    return vector


def exclusive(row, rng, seed):
    fields = random_fields(row, rng)
    vector = Vector(row.isa, code_of(row, fields), title=row.name)
    vector.seed = seed
    n = row.value("n", fields)
    if row.method.startswith("swp") and fields["t"] == 15:
        return None
    if n == 15:
        return vector
    return with_registers(vector, [(n, target_address(rng, 4) - (row.value("imm32", fields) or 0))])


def pointer(rng):
    return BASE + rng.choice(A_PADS) if rng.random() < 0.5 else BASE + rng.choice(T_PADS) | 1


def branch_register(row, rng, seed):
    fields = random_fields(row, rng)
    vector = Vector(row.isa, code_of(row, fields), title=row.name)
    vector.seed = seed
    m = fields["m"]
    if m == 15:
        return vector if row.isa == "A" else None
    return with_registers(vector, [(m, pointer(rng))])


def branch(row, rng, seed):
    """B, BL, BLX, CBZ: the offset is such that a pad is met."""
    fields = random_fields(row, rng)
    slot = A_SLOT if row.isa == "A" else rng.choice((T_SLOT, T_SLOT + 2))
    exchanges = row.method == "blxImmediate"
    pads = A_PADS if (row.isa == "A") != exchanges else T_PADS
    pc = slot + (8 if row.isa == "A" else 4)
    if exchanges and row.isa == "T":
        pc &= -4
    reach = {"b T1": 256, "cbz T1": 128}.get(f"{row.method.replace('Conditional', '')} {row.label}", 4096)
    low = 0 if row.method == "cbz" else -reach
    target = rng.choice([p for p in pads if low <= p - pc < reach])
    offset = target - pc
    if row.isa == "A":
        fields["i"] = offset >> 2 & 0xFFFFFF
        if "H" in fields:
            fields["H"] = offset >> 1 & 1
    elif row.width == 16:
        fields["i"] = offset >> 1 & (1 << row.size("i")) - 1
    else:
        s = fields["S"] = 1 if offset < 0 else 0
        i1, i2 = offset >> 23 & 1, offset >> 22 & 1
        fields["J"], fields["K"] = (i1 ^ s ^ 1, i2 ^ s ^ 1) if row.label != "T3" else (offset >> 18 & 1, offset >> 19 & 1)
        fields["i"] = offset >> (2 if exchanges else 1) & (1 << row.size("i")) - 1
    if not row.matches(fields):
        return None
    vector = Vector(row.isa, code_of(row, fields), slot=slot, title=row.name)
    vector.seed = seed
    if row.method == "cbz" and rng.random() < 0.5:
        vector.given[f"r{fields['n']}"] = 0
    return vector


def table_branch(row, rng, seed):
    fields = random_fields(row, rng)
    n, m = fields["n"], fields["m"]
    vector = Vector("T", code_of(row, fields), "H", title=row.name)
    vector.seed = seed
    index = rng.getrandbits(6)
    if m == 15 or m == n or n == 15:
        return None
    base = target_address(rng, 2) - index * (2 if row.method == "tbh" else 1)
    if row.method == "tbh":
        base &= -2
    return with_registers(vector, [(n, base), (m, index)])


def plain(row, rng, seed):
    fields = random_fields(row, rng)
    code = code_of(row, fields)
    waits = code == [0xBF30] or code == [0xF3AF, 0x8003] or code[0] & 0x0FFFFFFF == 0x0320F003
    if row.method in ("svc", "it") or waits:
        return None
    vector = Vector(row.isa, code, title=row.name)
    vector.seed = seed
    return vector


GENERATORS = [
    (r"(ldrex|strex|swp)", exclusive),
    (r"(ldr|str|ldm|stm)", single),
    (r"(bx|blxRegister)", branch_register),
    (r"(b$|bAlways|bConditional|bl$|blxImmediate|cbz)", branch),
    (r"tb", table_branch),
    (r".", plain),
]


def row_vectors(row):
    rng = random.Random(row.name + row.isa + "".join(row.cells))
    generator = next(g for pattern, g in GENERATORS if re.match(pattern, row.method))
    found = []
    for attempt in range(400):
        vector = generator(row, rng, rng.getrandbits(16))
        if vector:
            found.append(vector)
        if len(found) == PER_ROW[row.isa]:
            break
    return found



def assemble(isa, texts, folder):
    """The code of each text, which ends before its first directive."""
    source = folder / "sequences.s"
    lines = [".syntax unified", ".arch armv7ve", ".arch_extension idiv", ".arm" if isa == "A" else ".thumb"]
    for i, text in enumerate(texts):
        lines += [f"s{i}: {text}"]
    source.write_text("\n".join(lines + ["end:", ""]))
    obj = folder / "sequences.o"
    subprocess.run(["arm-none-eabi-as", "-mimplicit-it=never", "-o", obj, source], check=True)
    raw = folder / "sequences.bin"
    subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", "-j", ".text", obj, raw], check=True)
    symbols = subprocess.run(["arm-none-eabi-nm", obj], check=True, capture_output=True, text=True).stdout
    at = {name: int(value, 16) for value, _, name in (line.split() for line in symbols.splitlines())}
    bounds = [at[f"s{i}"] for i in range(len(texts))] + [at["end"]]
    data = raw.read_bytes()
    size = 4 if isa == "A" else 2
    for start, stop in zip(bounds, bounds[1:]):
        yield [int.from_bytes(data[i:i + size], "little") for i in range(start, stop, size)]


def sequence_vectors(folder):
    rng = random.Random("sequences")
    found = []
    for isa in "AT":
        texts = [line[2:] for line in SEQUENCES.read_text().splitlines() if line.startswith(isa)]
        plain_texts = [re.sub(r"; @.*", "", text) for text in texts]
        for text, code in zip(texts, assemble(isa, plain_texts, folder)):
            for _ in range(4):
                vector = Vector(isa, code, title="Sequences")
                vector.seed = rng.getrandbits(16)
                note = re.search(r"@([Pp])(\d+)", text)
                base = f"r{note[2]}" if note else "r1"
                vector.given["r1"] = target_address(rng, 4)
                vector.given["r13"] = BASE + rng.randrange(*DATA) & -4
                if "mov r5" in text or "], r5" in text:
                    vector.given["r5"] = 12
                if note and note[1] == "P":
                    vector.kind = "P"
                    vector.given[base] = vector.given[base] & -4
                elif note:
                    vector.given[base] = pointer(rng)
                found.append(vector)
    return found


def experiment(vector):
    initial = vector.initial()
    registers = [initial[f"r{i}"] for i in range(15)]
    code = vector.bytes()
    assert len(code) <= 32, vector.title
    return struct.pack(
        "<4I32s18I8x", initial["cpsr"], vector.slot, KINDS.index(vector.kind), len(code), code,
        *registers, initial["sp_irq"], initial["lr_irq"], initial["spsr_irq"])


def run(vectors, folder):
    (folder / "arenas.bin").write_bytes(b"".join(struct.pack("<4096I", *arena(k)) for k in KINDS))
    (folder / "experiments.bin").write_bytes(b"".join(map(experiment, vectors)))
    subprocess.run(["arm-none-eabi-as", "--defsym", f"COUNT={len(vectors)}", "-o", "harness.o", HARNESS],
                   cwd=folder, check=True)
    subprocess.run(["arm-none-eabi-ld", "-Ttext=0x40200000", "-e", "_start", "-o", "harness.elf", "harness.o"],
                   cwd=folder, check=True)
    subprocess.run(["qemu-system-arm", "-M", "virt,virtualization=on", "-cpu", "cortex-a15", "-m", "128", "-semihosting",
                    "-nographic", "-monitor", "none", "-serial", "none", "-kernel", "harness.elf"],
                   cwd=folder, check=True, timeout=120, stdin=subprocess.DEVNULL)
    data = (folder / "result.bin").read_bytes()
    return [struct.unpack("<64I", data[i:i + 256]) for i in range(0, len(data), 256)]


def results(vector, raw):
    """What changed, or None when execution ran away, which says nothing."""
    registers, lr, cpsr, kind = raw[:15], raw[15], raw[16], raw[17]
    thumb = cpsr >> 5 & 1
    address = lr - {1: 2 if thumb else 4, 2: 2 if thumb else 4, 3: 4, 4: 8}[kind]
    offset = address - BASE
    if not 0 <= offset < SIZE:
        return None
    initial = vector.initial()
    names = [f"r{i}" for i in range(15)] + ["cpsr", "sp_irq", "lr_irq", "spsr_irq"]
    final = dict(zip(names, list(registers) + [cpsr] + list(raw[18:21])))
    after = vector.slot + len(vector.bytes())
    if kind == 2:
        out = [] if offset == after else [f"pc={offset:x}"]
        pads = T_PADS if thumb else A_PADS
        if offset not in pads and not vector.slot <= offset < after:
            return None
    else:
        out = [f"!{' U PD'[kind]}{offset:x}"]
        if kind != 3 and not vector.slot <= offset < after:
            return None
    out += [f"{name}={final[name]:x}" for name in names if final[name] != initial[name]]
    count = raw[21]
    assert count < 20, vector.title
    out += [f"@{raw[22 + 2 * i]:x}={raw[23 + 2 * i]:x}" for i in range(count)]
    return out


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        vectors = [vector for row in rows() for vector in row_vectors(row)] + sequence_vectors(folder)
        outcomes = run(vectors, folder)
    print("# What QEMU 7.2's Cortex-A15 does; written by load_store_vectors.py, which explains it.")
    title = ""
    dropped = 0
    for vector, raw in zip(vectors, outcomes):
        found = results(vector, raw)
        if found is None:
            dropped += 1
            continue
        if vector.title != title:
            title = vector.title
            print(f"# {title}")
        print(vector.text(found))
    print(f"{len(vectors)} experiments, {dropped} dropped because execution ran away", file=sys.stderr)


if __name__ == "__main__":
    main()
