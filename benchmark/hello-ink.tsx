import {render, Text} from 'ink';

// What every Ink program has to load before its first frame; bundled like Handrail itself, it is the yardstick.
render(<Text>Hello, world</Text>);
