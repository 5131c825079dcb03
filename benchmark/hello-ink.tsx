import {render, Text} from 'ink';

// The least that an Ink program loads before its first frame. It is bundled like Handrail and serves as the
// yardstick.
render(<Text>Hello, world</Text>);
