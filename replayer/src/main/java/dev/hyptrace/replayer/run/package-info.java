/** Run replay: an image is run from its first instruction, and its hypercalls are set beside the recorded ones. */
package dev.hyptrace.replayer.run;
