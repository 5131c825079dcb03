// Stands for React's developer tools in a bundle.
export default {connectToDevTools(): void {}};
