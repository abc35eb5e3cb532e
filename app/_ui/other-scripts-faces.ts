import './styles/other-scripts.css';
