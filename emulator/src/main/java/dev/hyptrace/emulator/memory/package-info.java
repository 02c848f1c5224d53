/** Physical memory, and the software TLB that leads to it. Knows no processor. */
package dev.hyptrace.emulator.memory;
